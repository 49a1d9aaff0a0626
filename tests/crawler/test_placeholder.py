import pytest

from crawler import placeholder

REFUSED = [
    "/i/blank.jpg",
    "/wp-content/cleo-commons/images/favicon_150x150.png",
    "/favicon-96.ico",
    "/2019/04/cropped-example-favicon.jpg",
    "/wp-content/uploads/2012/04/cropped-logo-1.jpg",
    "/wp-content/uploads/cropped-img_0438.jpg",
    "/Custom/Images/EX_Banner-Logo.gif",
    "/Images/header/EXAMPLE_Logo_PS.gif",
    "/content/logos/ex_logo_social.png",
    "/relaunch/files/1/3/ex_logo_fb_1200x630.jpg",
    "/v01/img/example_logo_1200x800_en01.jpg",
    "/html/images/ex.gov-example-square-logo.png",
    "/img/blocks/common/ex_logo_share_ru.png",
    "/sites/default/files/images/ex_logo_homepage7-5-small.png",
    "/media/image/4141.example_logo_400x300.jpg",
    "/_processed_/f/e/csm_logo-ex_e7d19c89cb.jpg",
    "/mit/media/m/social/images/social_default_logo-1481777.png",
    "/static/images/logo/logo-big.jpg",
    "/img/examplelogo.jpg",
    "/uploads/examplelogo_color_200x200.png",
    "/images/og-icon.png",
    "/SharedDocs/OG-Image.jpg",
    "/img/ogimagedefault.gif",
    "/images/750x506/default_500.png",
    "/images/icons/defaultPromoCrop.png",
    "/img/default.jpg",
    "/img/default-image.jpg",
    "/i/facebook.png",
    "/image/header10.jpg",
    "/img/social_media_image.png",
    "/uploads/Ann-Sauer_avatar_1460042663.jpg",
    "/upload/c_fill,w_50/shape/cover/Avatar-92f402cd1ad902e99e9d5992f321d079.png",
    "/blavatar/13afe5d061fe54df11c654f8ab91e77a",
    "/profile_images/742987868394639360/yAtBe5zc_400x400.jpg",
    "/global/images/cms/Icons_Buttons/wheat.png",
    "/wp-content/themes/example/img/share-me.jpg",
    "/sites/all/themes/example/meeting.jpg",
    "/typo3conf/ext/site_example/Resources/Public/Images/sharing/example_org_og.jpg",
    "/img/placeholder-16x9.png",
    "/img/spacer.gif",
    "/img/pixel.gif",
    "/b.gif",
    "/piwik.php",
    "/img/1x1.png",
    "/img/no-image.jpg",
    "/img/qrcode-app.png",
    "/img/apple-touch-icon.png",
    "/drawing.svg",
    "/audio/SW082.mp3",
    "/video/story.mp4",
]
KEPT = [
    "/2024/05/mayor-opens-bridge.jpg",
    "/dims4/default/02e5dd1/strip/true/crop/2999x1575/bridge.jpg",
    "/sites/default/files/styles/og_image/public/bridge.jpg",
    "/facebook_teaser/bridge-at-night.jpg",
    "/photos/Bright_Ice_social.jpg",
    "/2016-profits-facebook.png",
    "/img/3.jpg",
    "/img/catalogo-de-verano.jpg",
    "/img/dialogo-con-el-alcalde.jpg",
    "/photos/iconic-jasper-resort.jpg",
    "/google-pixel-8-pro-review.jpg",
    "/avatar-returns-to-cinemas.jpg",
    "/generic-drugs-become-cheaper.jpg",
    "/loading-dock-workers-on-strike.jpg",
    "/vi/srtMWzyqdp8/maxresdefault.jpg",
    "/a.jpg",
]


@pytest.mark.parametrize("path", REFUSED)
def test_what_stands_for_a_site_or_a_person_or_nothing_is_told_by_its_path(path):
    assert placeholder.is_path(path)


@pytest.mark.parametrize("path", KEPT)
def test_pictures_of_articles_are_none(path):
    assert not placeholder.is_path(path)
