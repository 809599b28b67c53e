"""What the flags of a post mean: what was repaired, masked, assumed or lost on its way in."""

from __future__ import annotations

FLAGS: dict[str, str] = {
    "author-damaged": "the author's id became a rounded float; the author is unknown",
    "collects-at-least": "the number of times saved is a lower bound",
    "comments-at-least": "the number of comments is a lower bound",
    "emoji-maybe-lost": "the export's encoding cannot hold emoji, and a ? stands in the text",
    "id-conflict": "another file uses the same short id for another post; this one was renamed",
    "id-damaged": "the post's id became a rounded float; one was made from its content",
    "ip-address-dropped": "an IP address stood in the place's column; it was not kept",
    "masked-email": "an e-mail address was replaced by [email]",
    "masked-id-number": "an identity card number was replaced by [id-number]",
    "masked-mention": "a mention of an account was replaced by @user",
    "masked-phone": "a phone number was replaced by [phone]",
    "masked-url": "an address was replaced by [url]",
    "masked-wechat": "a WeChat or QQ id was replaced by [wechat]",
    "merged": "gaps were filled from another record of the same post",
    "no-text": "the post has no text: a picture or a video speaks, or a title",
    "parent-damaged": "the id of the post answered became a rounded float; it is unknown",
    "place-unknown": "the place's spelling is not in the table of places",
    "shares-at-least": "the number of shares is a lower bound",
    "stray-cells": "the row had more cells than the header has columns",
    "text-replaced": "a character that no file can hold, or that the export lost, is U+FFFD",
    "thread-damaged": "the id of the thread became a rounded float; it is unknown",
    "thread-unknown": "the export does not say under which post this comment stands",
    "time-day-only": "the export gives the day only; noon is set",
    "time-edited": "the site gives the time of the last change, not of the writing",
    "time-from-id": "a lost time was read from the post's id",
    "time-lost": "the time became a rounded float that leaves more than a day open; it is unknown",
    "time-relative": "the time is told from the day of collecting (3天前); unknown where that is",
    "time-rounded": "the time became a rounded float that leaves less than a day open; it was kept",
    "time-unread": "what stands in the time's column is no time",
    "zone-assumed": "a local time stated no zone; the platform's was assumed",
}
"""Flag -> meaning, for the report's data dictionary."""
