# Сертификаттар мен алғыс хаттар, оларды тексеру.

key-certificates = 📜 Сертификаттар
# $count: қанша
certificates-own = 📜 <b>Сертификаттарым: { $count }</b>
certificates-of =
    📜 <b>{ $name }</b>
    Сертификаттар: { $count }
# $verdict: valid, expired не revoked; $kind: түрінің атауы; $day: берілген күні
certificate-row = { $verdict ->
    [valid] ✅
    [expired] ⌛
   *[revoked] ✖
 } { $kind } · { DATE($day, width: "long") }
assistant-certificates = 📜 Сертификаттар
certificate-issue = ➕ Беру
certificate-get = 📄 PDF алу
certificate-reissue = 🔁 Қайта беру
certificate-revoke = ✖ Кері қайтарып алу
# $service: қызметтік нөмір
certificate-card =
    📜 <b>{ $kind }</b>
    № <code>{ $number }</code>
    <b>{ $name }</b> · № { $service }
    Берілген күні: { DATE($day, width: "long") }
certificate-until = { $verdict ->
    [expired] ⌛ Мерзімі өтті. Соңғы күні: { DATE($day, width: "long") }
   *[valid] Жарамды мерзімінің соңғы күні: { DATE($day, width: "long") }
 }
certificate-basis = Негізі: { $basis }
certificate-revoked-at = ✖ <b>Кері қайтарып алынды</b>: { MOMENT($at) }
certificate-replaced = Оның орнына берілді: № <code>{ $number }</code>
certificate-kind-ask = 📜 <b>{ $name }</b>. Не береміз?
certificate-basis-ask =
    📜 { $kind }: <b>{ $name }</b>

    Негізін жазыңыз: қазақша, ал жаңа жолдан – орысша. Құжат бірден беріледі.
certificate-without-basis = ✅ Негізсіз беру
certificate-issued = ✅ <b>Берілді.</b> Иесіне хабарлама барады.
certificate-issued-before = ✅ Бұрын берілген:
certificate-reason-ask =
    { $kind }
    № <code>{ $number }</code>

    Неге кері қайтарып аласыз? Иесі себебін көреді.
certificate-revoked = ✖ <b>Кері қайтарып алынды.</b>

notice-certificate-issued = 📜 Сізге берілді: <b>{ $kind }</b>.
notice-certificate-revoked =
    ✖ <b>Кері қайтарып алынды:</b> { $kind }
    № <code>{ $number }</code>
    Себебі: { $reason }

command-check = Сертификатты тексеру
verification-ask = 🔎 Сертификат нөмірін жіберіңіз: 16 цифр.
# $verdict: valid, expired, revoked не unknown; $day: қашан кері қайтарып алынды
verification-verdict = { $verdict ->
    [valid] ✅ <b>Жарамды.</b>
    [expired] ⌛ <b>Мерзімі өтіп кеткен.</b>
    [revoked] ✖ <b>Кері қайтарып алынған</b>: { DATE($day, width: "long") }.
   *[unknown] ❌ <b>Мұндай сертификат жоқ.</b>
 }
verification-paper =
    { $kind }
    № <code>{ $number }</code>
    <b>{ $name }</b> · № { $service }
    Берілген күні: { DATE($day, width: "long") }
verification-until = Жарамды мерзімінің соңғы күні: { DATE($day, width: "long") }
# $police: қайда қоңырау шалу керек
verification-reminder =

    ⚠️ Нөмірдің өзі ештеңені дәлелдемейді: куәлікті адаммен салыстырыңыз.
    Көмекшінің айыппұл салуға, тінтуге, құжат пен ақша алуға құқығы жоқ. Күмәндансаңыз, <b>{ $police }</b> нөміріне қоңырау шалыңыз.

page-title = Kömekshi: сертификатты тексеру
page-slowly = ⏳ Сұрау тым көп. Бір минуттан кейін қайталаңыз.

error-certificate-basis = Бір жол не екі жол жазыңыз: қазақша және орысша.
error-certificate-no-briefing = Бұл көмекшінің жарамды нұсқаулығы жоқ.
error-certificate-key = Сертификаттарға қол қоятын кілт қолданыстан шықты. Операторға хабарлаңыз.
# $at: қашан
error-certificate-revoked = Бұрын кері қайтарып алынған: { MOMENT($at) }.
