# Сертификаты и благодарственные письма, их проверка.

key-certificates = 📜 Мои сертификаты
# $count: сколько
certificates-own = 📜 <b>Мои сертификаты: { $count }</b>
certificates-of =
    📜 <b>{ $name }</b>
    Сертификаты: { $count }
# $verdict: valid, expired или revoked; $kind: название вида; $day: день выдачи
certificate-row = { $verdict ->
    [valid] ✅
    [expired] ⌛
   *[revoked] ✖
 } { $kind } · { DATE($day, width: "long") }
assistant-certificates = 📜 Сертификаты
certificate-issue = ➕ Выдать
certificate-get = 📄 Получить PDF
certificate-reissue = 🔁 Перевыпустить
certificate-revoke = ✖ Отозвать
# $service: служебный номер
certificate-card =
    📜 <b>{ $kind }</b>
    № <code>{ $number }</code>
    <b>{ $name }</b> · № { $service }
    Дата выдачи: { DATE($day, width: "long") }
certificate-until = { $verdict ->
    [expired] ⌛ Срок истёк. Последний день: { DATE($day, width: "long") }
   *[valid] Действителен по: { DATE($day, width: "long") }
 }
certificate-basis = Основание: { $basis }
certificate-revoked-at = ✖ <b>Отозван</b>: { MOMENT($at) }
certificate-replaced = Вместо него выдан: № <code>{ $number }</code>
certificate-kind-ask = 📜 <b>{ $name }</b>. Что выдать?
certificate-basis-ask =
    📜 { $kind }: <b>{ $name }</b>

    Напишите основание: по-казахски, а с новой строки – по-русски. Документ будет выдан сразу.
certificate-without-basis = ✅ Выдать без основания
certificate-issued = ✅ <b>Выдано.</b> Владелец получит сообщение.
certificate-issued-before = ✅ Уже выдано:
certificate-reason-ask =
    { $kind }
    № <code>{ $number }</code>

    Почему отзываете? Владелец увидит причину.
certificate-revoked = ✖ <b>Отозвано.</b>

notice-certificate-issued = 📜 Вам выдано: <b>{ $kind }</b>.
notice-certificate-revoked =
    ✖ <b>Отозвано:</b> { $kind }
    № <code>{ $number }</code>
    Причина: { $reason }

command-check = Проверить сертификат
verification-ask = 🔎 Отправьте номер сертификата: 16 цифр.
# $verdict: valid, expired, revoked или unknown; $day: когда отозван
verification-verdict = { $verdict ->
    [valid] ✅ <b>Действителен.</b>
    [expired] ⌛ <b>Срок действия истёк.</b>
    [revoked] ✖ <b>Отозван</b> { DATE($day, width: "long") }
   *[unknown] ❌ <b>Такого сертификата нет.</b>
 }
verification-paper =
    { $kind }
    № <code>{ $number }</code>
    <b>{ $name }</b> · № { $service }
    Дата выдачи: { DATE($day, width: "long") }
verification-until = Действителен по: { DATE($day, width: "long") }
# $police: куда звонить
verification-reminder =

    ⚠️ Номер сам по себе ничего не доказывает: сравните удостоверение с человеком.
    Помощник не вправе штрафовать, обыскивать, забирать документы и деньги. Сомневаетесь – звоните <b>{ $police }</b>.

page-title = Kömekshi: проверка сертификата
page-slowly = ⏳ Слишком много запросов сразу. Повторите через минуту.

error-certificate-basis = Напишите одну строку или две: по-казахски и по-русски.
error-certificate-no-briefing = У этого помощника нет действующего инструктажа.
error-certificate-key = Ключ подписи сертификатов выведен из употребления. Сообщите оператору.
# $at: когда
error-certificate-revoked = Уже отозван: { MOMENT($at) }.
