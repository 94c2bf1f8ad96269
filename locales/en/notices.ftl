# Messages to others, sent when something happened.

notice-application = 🔔 New application
# $number: service number
notice-approved =
    🎉 <b>Your application is approved.</b>

    Your service number: <b>{ $number }</b>
    You are a trainee now. Next comes the mandatory briefing: press “📘 Briefing” below.
notice-rejected =
    ❌ Your application is rejected.
    Reason: { $reason }

    You may apply again.
notice-status = { $status ->
    [active] ▶ <b>You are reinstated.</b>
    [suspended] ⏸ <b>You are suspended.</b>
   *[dismissed] ✖ <b>You are dismissed.</b>
 }
    Reason: { $reason }
notice-district = 📍 Your district is now <b>{ $district }</b>.
notice-role-given = ⭐ You are now { role-name } · { $district }
notice-role-revoked = You are no longer { role-name } · { $district }
notice-relinked = 🔁 <b>{ $name }</b> writes from the new account now.
# To the account that was left, of which nothing is known any more
notice-account-moved =
    🔁 <b>Your work in this bot has moved to another Telegram account.</b> This one is not linked any more.
    If you did not ask for that, tell your coordinator or the admin at once.
notice-admin-claimed = ⭐ <b>{ $name }</b> is an admin now, by a link made on the server. If you do not know of it, ask whoever runs the bot.
# Telegram did not take an answer at once; the menu follows
notice-answer-owed = ⏳ Telegram held our answer up. This is how things stand now:
# $since: when Telegram stopped taking messages; $span: for how long
notice-telegram-held =
    ⚠️ Telegram took no messages from the bot since { MOMENT($since, width: "short") }, for { DURATION($span) }.
    Nothing is lost: what waited is on its way.
# $reference: the number the person was told and the log has
notice-update-laid-aside =
    🛠 Something broke while the bot answered somebody. They were told; everybody else goes on.
    Number in the log: <code>{ $reference }</code>
