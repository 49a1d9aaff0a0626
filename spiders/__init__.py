"""The spiders: targets become requests, responses and failures become fetches."""
