# Refusals: what and why, in one sentence, plain.

# $reason: one of the texts below
refused = ⚠️ { $reason }

error-access-denied = You may not do this.
error-not-found = This is not there any more.
error-text-wanted = Please send text.
error-contact-wanted = Please press “📱 Share my number” below.
error-contact-foreign = This is somebody else's number. Please share your own with the button below.
error-contact-or-name = Please write a name or send a contact.
error-contact-no-account = This contact is not in Telegram. Please choose from the list.
# $limit: characters
error-name-long = The name is too long: at most { $limit } letters.
error-name-letters = A name has letters, hyphens and apostrophes only.
error-name-short = Please write the surname and the first name in full.
error-name-settled = The name cannot be changed now.
error-no-consent = Please give your consent first.
error-consent-changed = The text has changed. Please read it once more.
error-phone = This does not look like a phone number.
error-phone-taken = This number belongs to another participant. If that was you in another account, ask your coordinator for a link to the new account.
error-district-unknown = This district is no longer served. Please choose another.
error-already-assistant = You are an assistant already.
error-already-there = The assistant is in this district already.
error-already-holds = This person holds the role already.
error-no-draft = There is no application begun.
error-application-waiting = Your application is sent already.
error-application-incomplete = Something is missing in the application.
error-application-withdrawn = The applicant took the application back.
# $state: approved or rejected; $at: when; $by: who, or a dash
error-application-decided = Already decided: { application-state }, { MOMENT($at) }, { $by }.
error-own-application = You cannot decide on your own application.
error-own-card = You cannot do this to yourself. Ask another coordinator or the admin.
# $status: the present status; $at: since when
error-status-order = Not possible: the assistant is { assistant-status } since { MOMENT($at) }.
error-reason-short = Please write the reason in words.
# $limit, $length: characters
error-reason-long = Too long: { $length } characters. At most { $limit }.
error-role-scope = This role is not given like that.
error-last-admin = This is the last admin. Appoint another one first.
error-invite-unknown = This invitation is not valid. You can apply without it.
error-invite-expired = This invitation has expired. You can apply without it.
error-invite-used-up = This invitation is used up. You can apply without it.
error-invite-maker = Whoever made this invitation does not invite any more. You can apply without it.
error-invite-terms = Such an invitation cannot be made.
# $at: when
error-invite-withdrawn = Already withdrawn: { MOMENT($at) }.
error-link-unknown = This link is not valid.
error-link-used = This link has been used already.
error-link-expired = This link has expired. Ask whoever sent it for a new one.
error-link-same-account = You already write from this account.
error-link-account-taken = This Telegram account belongs to another participant. Use another one.
error-claim-used = This link has been used already: there is an admin.
error-already-admin = You are an admin already.

# $reference: a short number for the operator
bug =
    😔 Something broke on our side. <b>Nothing was saved</b>: please try again.

    If it happens again, tell your coordinator this number: <code>{ $reference }</code>
# Telegram did not take a file, for example because of its size
file-refused = 📎 Telegram did not take the file: it may be too large. Ask for a shorter period or one district; nothing is lost.
bug-alert = Something broke on our side. Nothing was saved. Number: { $reference }
# $at: when it was saved
bug-saved =
    😔 Something broke on our side, but what you did <b>was saved at { TIME($at) }</b>. Open /menu to see it.

    If it happens again, tell your coordinator this number: <code>{ $reference }</code>
bug-saved-alert = Something broke on our side, but it was saved at { TIME($at) }. Number: { $reference }
# An act that was kept, but whose answer did not come: $at is when it was kept.
saved-already = ✅ Saved at { TIME($at) }
too-fast = 🐢 That was too fast. What you sent just now was not read: please wait a few seconds and send it again.
