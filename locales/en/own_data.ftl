# One's own data: taken away and erased

own-data-get = ⬇️ Get my data
# Comes below a JSON file with everything that is kept of the person.
own-data-ready =
    The file holds everything that is kept of you, and nothing of other people. Times are UTC.

    Any text editor opens it.
erase-button = 🗑 Erase my data
# Four texts, one below another, asked before an erasure.
erase-goes = 🗑 <b>Will be erased:</b> your name, phone, account, places, photos, voice messages and all you wrote. It cannot be brought back.
erase-stays = <b>Will stay:</b> hours and numbers of your shifts and results, and the journal, without your name. Your roles and your service end. The messages of this chat stay until you delete them.
# $number: the person's service number.
erase-number = In place of your name stands the service number { $number }.
erase-ask = If you register again, nothing links you to the past. Erase?
erase-yes = 🗑 Yes, erase for good
erase-done = ✅ Your data are erased. Thank you for your service. To come back, press /start.
error-erase-on-shift = You are on a shift. End it first.
error-erase-late = The question is old. Please read it and answer once more.
error-erased = This person has erased their data: no account can be linked to them.
# To coordinators; $number: a service number.
notice-erased = 🗑 The assistant { $number } has erased their data and serves no more. Shifts and results stay under the number.
notice-erased-other = 🗑 A person without a service number has erased their data. Their roles have ended.
# To admins; $day: the day whose backup failed.
notice-absence = ⚠️ The bot could not be reached. Telegram keeps messages for a day, so what was sent from { MOMENT($since, width: "short") } to { MOMENT($until, width: "short") } never came. Ask your assistants about that time: entries and the times of shifts can still be corrected.
notice-backup-failed = ⚠️ The backup of { DATE($day, width: "long") } was not made. The reason is in the log of the server; the bot is trying again.
notice-backup-full = ⚠️ The backup of { DATE($day, width: "long") } was not made: the disk is full. Make room; the bot is trying again.
