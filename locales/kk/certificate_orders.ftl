# Тізім бойынша берілетін сертификаттар: тізім, тексеру, берілу барысы, тоқтату.

key-order = 🏅 Сертификат беру
order-office =
    🏅 <b>Сертификат беру</b>
    Тізім бойынша – бірден көп адамға. Төменде – соңғы берілгендер.
order-new = ➕ Тізім бойынша
order-one = 👤 Бір көмекшіге
# $state: running, done, stopped, forbidden не keyless; $total ішінен $issued
order-row = { $state ->
    [running] ⏳
    [done] ✅
   *[stopped] ⏹
 } { $kind } · { $issued } / { $total }
order-kind-ask = 📜 Тізім бойынша не береміз?
order-basis-ask =
    📜 <b>{ $kind }</b>

    Негізін жазыңыз: қазақша, ал жаңа жолдан – орысша. Ол әр құжатта тұрады.
order-without-basis = Негізсіз ▶
# $example: қызметтік нөмір қалай жазылады
order-list-ask =
    📜 <b>{ $kind }</b>

    Қызметтік нөмірлерді хабарламамен немесе файлмен жіберіңіз: XLSX, CSV, TXT. Нөмір былай жазылады: <code>{ $example }</code>. Қасында аты-жөні тұрса, кедергі емес.

    Алдымен кім алатынын көрсетемін. Сіз растағаннан кейін ғана беремін.
# $count: қанша адам алады; $refused: қанша жол қабылданбады
order-check =
    📜 <b>{ $kind }</b>
    ✅ Алады: <b>{ $count }</b>
    ⚠️ Қабылданбаған жол: { $refused }
order-check-more = Тағы нөмір жіберуге болады: осы тізімге қосамын.
order-dropped = ✖ Тізімнен бас тартылды, ол бойынша ештеңе берілген жоқ.
order-refused-more = … және тағы: { $count }
# $number: нөмір жазылған күйінде; $line: тізімнің жолы
order-refused-row = { $refusal ->
    [no_number] { $line }-жол
   *[other] { $number }
 }: { order-refusal }
order-refusal = { $refusal ->
    [no_number] қызметтік нөмір жоқ
    [malformed] нөмір дұрыс жазылмаған
    [check_digit] нөмірде қате бар
    [unknown] мұндай нөмір жоқ
    [doubled] тізімде бұрыннан бар
    [dismissed] шығарылған
    [no_briefing] жарамды нұсқаулығы жоқ
   *[failed] шықпады, операторға хабарлаңыз
 }
order-issue = ✅ Беру: { $count }
order-refused-get = 📄 Қабылданбады: { $count } (XLSX)
order-refused = Қабылданбады
order-column-line = Жол
order-column-number = Қызметтік нөмір
order-column-reason = Себебі
# $total: қанша адамға беріледі
order-progress =
    { order-state }

    📜 { $kind }
    Берілді: <b>{ $issued }</b> / { $total }
    Қабылданбады: { $refused }
order-state = { $state ->
    [running] ⏳ <b>Беріліп жатыр…</b>
    [done] ✅ <b>Дайын.</b>
    [stopped] ⏹ <b>Тоқтатылды.</b>
    [forbidden] ⛔ <b>Тоқтатылды:</b> сертификат беру құқығыңыз енді жоқ.
   *[keyless] ⛔ <b>Тоқтатылды:</b> қол қоятын кілт қолданыстан шықты. Операторға хабарлаңыз.
 }
order-stop = ⏹ Тоқтату
order-resume = ▶ Жалғастыру: { $count }
order-stopped-toast = Тоқтатылды. Берілгені: { $issued }.
order-done-toast = Бәрі беріліп қойған: { $issued }.
order-dropped-toast = Бас тартылды. Ештеңе берілген жоқ.

error-list-wanted = Тізімді хабарламамен немесе файлмен жіберіңіз: XLSX, CSV, TXT.
error-list-empty = Тізімде қызметтік нөмір жоқ.
error-list-form = Файл оқылмады. Тізімді XLSX, CSV немесе TXT түрінде сақтаңыз.
error-list-large = Кесте тым үлкен. Онда тек қызметтік нөмірлерді қалдырыңыз.
error-list-long = Тізім тым ұзын: { $limit } жолдан аспауы керек.
error-file-large = Файл тым үлкен: { $limit } МБ-тан аспауы керек.
error-file-lost = Файлды алу мүмкін болмады. Қайта жіберіңіз.
error-order-confirmed = Бұл тізім бұрын расталған.
error-order-nobody = Бұл тізім бойынша беретін ешкім жоқ.
