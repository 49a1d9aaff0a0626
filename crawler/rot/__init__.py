"""The engine of link checks: it asks each link once, by the lean way of libcurl, and says what became of it.

`crawler.frontier` -dispatch-> Ask -asker-> Fetch -examiner-> Verdict -ledger-> Finding
"""
