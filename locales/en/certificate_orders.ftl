# Certificates by a list: the list, its check, the order on its way, its stop.

key-order = 🏅 Issue certificates
order-office =
    🏅 <b>Issue certificates</b>
    By a list – to many at once. Below are the last orders.
order-new = ➕ By a list
order-one = 👤 To one assistant
# $state: running, done, stopped, forbidden or keyless; $issued of $total
order-row = { $state ->
    [running] ⏳
    [done] ✅
   *[stopped] ⏹
 } { $kind } · { $issued } of { $total }
order-kind-ask = 📜 What is given by a list?
order-basis-ask =
    📜 <b>{ $kind }</b>

    Write the basis: in Kazakh, and below it, in a new line, in Russian. It will stand on every sheet.
order-without-basis = Without a basis ▶
# $example: what a service number looks like
order-list-ask =
    📜 <b>{ $kind }</b>

    Send the service numbers as a message or a file: XLSX, CSV, TXT. A number looks like this: <code>{ $example }</code>. Names beside them do no harm.

    First you will see who gets one. Nothing is issued before you confirm.
# $count: how many get one; $refused: how many lines are not accepted
order-check =
    📜 <b>{ $kind }</b>
    ✅ Will get one: <b>{ $count }</b>
    ⚠️ Lines not accepted: { $refused }
order-check-more = You may send more numbers: they are added to this list.
order-dropped = ✖ The list was given up, nothing was issued by it.
order-refused-more = … and more: { $count }
# $number: the number as it was written; $line: line of the list
order-refused-row = { $refusal ->
    [no_number] line { $line }
   *[other] { $number }
 }: { order-refusal }
order-refusal = { $refusal ->
    [no_number] no service number
    [malformed] not written as a number
    [check_digit] a mistake in the number
    [unknown] there is no such number
    [doubled] in the list already
    [dismissed] dismissed
    [no_briefing] no valid briefing
   *[failed] failed, please tell the operator
 }
order-issue = ✅ Issue: { $count }
order-refused-get = 📄 Not accepted: { $count } (XLSX)
order-refused = Not accepted
order-column-line = Line
order-column-number = Service number
order-column-reason = Reason
# $total: how many it is issued to
order-progress =
    { order-state }

    📜 { $kind }
    Issued: <b>{ $issued }</b> of { $total }
    Not accepted: { $refused }
order-state = { $state ->
    [running] ⏳ <b>Issuing…</b>
    [done] ✅ <b>Done.</b>
    [stopped] ⏹ <b>Stopped.</b>
    [forbidden] ⛔ <b>Stopped:</b> you may issue no more.
   *[keyless] ⛔ <b>Stopped:</b> the signing key is out of use. Please tell the operator.
 }
order-stop = ⏹ Stop
order-resume = ▶ Go on: { $count }
order-stopped-toast = Stopped. Issued: { $issued }.
order-done-toast = All had been issued already: { $issued }.
order-dropped-toast = Given up. Nothing was issued.

error-list-wanted = Please send the list as a message or a file: XLSX, CSV, TXT.
error-list-empty = There are no service numbers in the list.
error-list-form = The file cannot be read. Please save the list as XLSX, CSV or TXT.
error-list-large = The table is too large. Please leave only the service numbers in it.
error-list-long = The list is too long: at most { $limit } lines.
error-file-large = The file is too large: at most { $limit } MB.
error-file-lost = The file could not be fetched. Please send it again.
error-order-confirmed = This list is confirmed already.
error-order-nobody = Nobody in this list can get one.
