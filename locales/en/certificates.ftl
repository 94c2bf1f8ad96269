# Certificates and letters of thanks, and checking them.

key-certificates = 📜 My certificates
# $count: how many
certificates-own = 📜 <b>My certificates: { $count }</b>
certificates-of =
    📜 <b>{ $name }</b>
    Certificates: { $count }
# $verdict: valid, expired or revoked; $kind: name of the kind; $day: day of issue
certificate-row = { $verdict ->
    [valid] ✅
    [expired] ⌛
   *[revoked] ✖
 } { $kind } · { DATE($day, width: "long") }
assistant-certificates = 📜 Certificates
certificate-issue = ➕ Issue
certificate-get = 📄 Get the PDF
certificate-reissue = 🔁 Issue anew
certificate-revoke = ✖ Revoke
# $service: service number
certificate-card =
    📜 <b>{ $kind }</b>
    No. <code>{ $number }</code>
    <b>{ $name }</b> · No. { $service }
    Issued: { DATE($day, width: "long") }
certificate-until = { $verdict ->
    [expired] ⌛ Expired. Last valid day: { DATE($day, width: "long") }
   *[valid] Last valid day: { DATE($day, width: "long") }
 }
certificate-basis = Basis: { $basis }
certificate-revoked-at = ✖ <b>Revoked</b>: { MOMENT($at) }
certificate-replaced = Issued instead: No. <code>{ $number }</code>
certificate-kind-ask = 📜 <b>{ $name }</b>. What is given?
certificate-basis-ask =
    📜 { $kind }: <b>{ $name }</b>

    Write the basis: in Kazakh, and below it, in a new line, in Russian. It will be issued at once.
certificate-without-basis = ✅ Issue without a basis
certificate-issued = ✅ <b>Issued.</b> The holder will get a message.
certificate-issued-before = ✅ Issued already:
certificate-reason-ask =
    { $kind }
    No. <code>{ $number }</code>

    Why is it revoked? The holder will see the reason.
certificate-revoked = ✖ <b>Revoked.</b>

notice-certificate-issued = 📜 You are given: <b>{ $kind }</b>.
notice-certificate-revoked =
    ✖ <b>Revoked:</b> { $kind }
    No. <code>{ $number }</code>
    Reason: { $reason }

command-check = Check a certificate
verification-ask = 🔎 Send the number of the certificate: 16 digits.
# $verdict: valid, expired, revoked or unknown; $day: when it was revoked
verification-verdict = { $verdict ->
    [valid] ✅ <b>Valid.</b>
    [expired] ⌛ <b>Expired.</b>
    [revoked] ✖ <b>Revoked</b> on { DATE($day, width: "long") }.
   *[unknown] ❌ <b>There is no such certificate.</b>
 }
verification-paper =
    { $kind }
    No. <code>{ $number }</code>
    <b>{ $name }</b> · No. { $service }
    Issued: { DATE($day, width: "long") }
verification-until = Last valid day: { DATE($day, width: "long") }
# $police: number to call
verification-reminder =

    ⚠️ The number alone proves nothing: compare the card with the person.
    An assistant may not fine, search, take documents or money. In doubt, call <b>{ $police }</b>.

page-title = Kömekshi: checking a certificate
page-slowly = ⏳ Too many questions at once. Please try again in a minute.

error-certificate-basis = Please write one line, or two: in Kazakh and in Russian.
error-certificate-no-briefing = This assistant has no valid briefing.
error-certificate-key = The key that signs certificates is out of use. Please tell the operator.
# $at: when
error-certificate-revoked = Already revoked: { MOMENT($at) }.
