# What coordinators and admins see.

applications-list = { $count ->
    [0] 📥 No application is waiting.
    [one] 📥 <b>{ $count } application</b> is waiting
   *[other] 📥 <b>{ $count } applications</b> are waiting
 }
applications-row = { $name } · { $district }
# $at: when it was sent
application-card =
    📥 <b>{ $name }</b>
    📱 { $phone }
    📍 { $district }
    🕘 { MOMENT($at) }
application-by-invite = ✉️ by invitation
# $by: name of the coordinator who decided, or a dash
application-decision = <b>{ application-state }</b> · { MOMENT($at) } · { $by }
application-reason = Reason: { $reason }
application-approve = ✅ Approve
application-reject = ❌ Reject
application-approved-toast = Approved. Service number { $number }.
application-reason-ask =
    Why is the application of <b>{ $name }</b> rejected?

    Write the reason: the applicant will read it.
application-rejected-done = ✅ Rejected; the applicant will be told.

assistants-list = { $count ->
    [0] 👥 There are no assistants yet. Make an invitation.
    [one] 👥 <b>{ $count } assistant</b>. To search, write a part of the name or number.
   *[other] 👥 <b>{ $count } assistants</b>. To search, write a part of the name or number.
 }
assistants-found = { $count ->
    [0] Nobody is found: “{ $search }”. Write another part of the name or number.
   *[other] Found: { $count } – “{ $search }”
 }
assistants-all = 👥 Show all
# The mark stands for the status
assistants-row = { $status ->
    [trainee] 🎓 { $name } · { $number }
    [active] 🟢 { $name } · { $number }
    [suspended] ⏸ { $name } · { $number }
   *[dismissed] ✖ { $name } · { $number }
 }
assistant-card =
    👤 <b>{ $name }</b>
    🪪 No. { $number }
    📱 { $phone }
    📍 { $district }
    <b>{ assistant-status }</b> since { DATE($at, width: "long") }
assistant-erased = personal data erased
assistant-card-erased =
    👤 <b>{ assistant-erased }</b>
    🪪 No. { $number }
    📍 { $district }
    <b>{ assistant-status }</b> since { DATE($at, width: "long") }
# A person in the list who has blocked the bot; $row: their line
assistants-row-blocked = 🚫 { $row }
assistant-blocked-bot = 🚫 Has blocked the bot: messages do not arrive. Please phone.
# The status the button leads to
assistant-set-status = { $status ->
    [active] ▶ Reinstate
    [suspended] ⏸ Suspend
   *[dismissed] ✖ Dismiss
 }
assistant-move = 📍 Move
assistant-relink = 🔁 New account
# On the card of one who is also staff
assistant-relink-by-admin = 🔁 Also holds another role: only an admin can move the account.
assistant-shifts = 🕘 Shifts
assistant-reason-ask = { $status ->
    [active] Why is <b>{ $name }</b> reinstated? Write the reason: the person will read it.
    [suspended] Why is <b>{ $name }</b> suspended? Write the reason: the person will read it.
   *[dismissed] Why is <b>{ $name }</b> dismissed? Write the reason: the person will read it.
 }
assistant-status-done = ✅ Done; the person will be told.
assistant-move-ask = Where does <b>{ $name }</b> move to?
assistant-move-nowhere = You run one district only. To move <b>{ $name }</b>, ask the admin.
assistant-moved-toast = Moved.
# $lifetime: how long the link works
assistant-relink-link =
    🔁 <b>{ $name }</b>: a link for the new Telegram account

    { $link }

    Send it to this person. It works once, for { DURATION($lifetime) }. Take care: whoever opens it becomes this person, with everything they may do.

invites-list = { $count ->
    [0] ✉️ There are no open invitations.
   *[other] ✉️ Open invitations: <b>{ $count }</b>
 }
invites-row = { $uses }/{ $limit } · { $district }
invites-new = ➕ New invitation
invite-district = Into which district?
invite-lifetime = 📍 { $district }

    How long will it work?
invite-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
 }
invite-uses = { $days ->
    [one] { $days } day. For how many people?
   *[other] { $days } days. For how many people?
 }
invite-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
 }
invite-card =
    ✉️ <b>{ $district }</b>

    { $link }

    Used: { $uses } of { $limit }. Works until { MOMENT($expires) }.
    Send the link to those you invite.
invite-withdraw = ✖ Withdraw the invitation
invite-withdrawn-toast = Withdrawn.
