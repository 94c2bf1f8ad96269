key-briefing = 📘 Нұсқаулық
menu-briefing-due = 📘 Нұсқаулықтан өтіңіз: онсыз ауысым басталмайды.
profile-briefing = 📘 Нұсқаулық { $version } · жарамды мерзімі: { DATE($until, width: "long") }
profile-no-briefing = 📘 Нұсқаулықтан өту керек.

briefing-intro = { $why ->
    [new_version] 🆕 Нұсқаулықтың жаңа нұсқасы шықты: басынан бастап өтіңіз.
    [repeat] 🔁 Нұсқаулықты қайта өтетін уақыт келді.
   *[first] 📘 Қызметке дейінгі соңғы қадам – нұсқаулық.
 }

    <b>{ $title }</b>

    Қысқа модульдер: { $modules }. Соңында тест: { $asked } сұрақ, кемінде { $needed } дұрыс жауап керек.
    Жарамдылық мерзімі: { $months } ай.

    Кез келген уақытта тоқтап, кейін сол жерден жалғастыра аласыз.
briefing-begin = ▶ Бастау
briefing-next = Келесі ▶
briefing-module =
    <b>{ $number } / { $total }. { $title }</b>{ $pages ->
        [1] { "" }
       *[other] { " " }· { $page }/{ $pages }
    }

    { $text }
briefing-read-again = 📖 Қайта оқу
briefing-repeat = 🔁 Қазір қайта өту
briefing-undertaking =
    🎉 <b>Тест тапсырылды: { $score } / { $asked }.</b>

    { $text }

    <i>Нұсқасы: { $version }</i>
briefing-sign = ✅ Оқып шықтым, орындауға міндеттенемін
briefing-signed =
    ✅ <b>Қол қойылды.</b> Жарамды мерзімі: { DATE($until, width: "long") }.

    { $next ->
        [first] Енді сіз белсенді көмекшісіз. Келесі қадам – алғашқы ауысым: оны басты мәзірден бастаңыз.
        [suspended] Қызметіңіз әзірге тоқтатылған: үйлестірушінің шешімін күтіңіз.
       *[active] Ауысымға шыға беруге болады.
    }
briefing-holding =
    ✅ <b>Сіз нұсқаулықтан өттіңіз.</b>

    Жарамды мерзімі: { DATE($until, width: "long") }.

quiz-ready =
    ✅ <b>Барлық модуль оқылды.</b>

    Тест: { $asked } сұрақ, кемінде { $needed } дұрыс жауап керек.
    Қалған талпыныс: <b>{ $tries }</b>.
quiz-start = ▶ Тестті бастау
quiz-question =
    <b>{ $number } / { $total }</b>

    { $text }

    { $options }
quiz-right-toast = ✅ Дұрыс.
quiz-wrong =
    ❌ <b>Қате.</b> { $question }

    Дұрыс жауап: <b>{ $right }</b>

    { $explanation }
quiz-next = Келесі сұрақ ▶
quiz-result = Нәтижені көру ▶
quiz-repeated-toast = Бұл сұраққа жауап бергенсіз: бірінші жауап есепке алынды.
quiz-failed = ❌ <b>{ $score } / { $asked } дұрыс</b>, { $needed } керек. Қайта оқыңыз:
quiz-failed-module = { $number }. { $title }
quiz-failed-more = … тағы { $count }
quiz-tries-left = Қалған талпыныс: <b>{ $tries }</b>.
quiz-again = 🔁 Қайта тапсыру
quiz-paused = ⏸ Келесі талпыныс: <b>{ MOMENT($until) }</b>. Үйлестірушіге хабарланды.

briefing-stuck =
    👤 <b>{ $name }</b> · № { $number }
    📱 { $phone }
    📍 { $district }
    Тест: { $score } / { $asked }, кемінде { $needed } керек. Қате кеткен модульдер:
briefing-stuck-until = ⏸ Келесі талпыныс: { MOMENT($until) }
briefing-stuck-over = ✅ Қайта тапсыруына болады.
briefing-allow-try = 🔁 Қазір қайта тапсыруға рұқсат беру
briefing-try-allowed-toast = Рұқсат берілді, көмекшіге хабар барады.
briefing-open-card = 👤 Көмекшіні ашу

notice-briefing-passed =
    🎓 <b>{ $name }</b> нұсқаулықтан өтті.
    🪪 № { $number }
    📍 { $district }
    Тест: { $score } / { $asked } · жарамды мерзімі: { DATE($until, width: "long") }
notice-briefing-stuck = ⚠️ Нұсқаулық тестінен өте алмады. Хабарласып, көмектесіңіз.
notice-briefing-try-allowed = 🔁 Үйлестіруші қазір қайта тапсыруға рұқсат берді.
notice-briefing-ending = ⏳ Нұсқаулығыңыздың жарамды мерзімі: <b>{ DATE($until, width: "long") }</b>. Алдын ала қайта өтіңіз: онсыз ауысым басталмайды.
notice-briefing-new-version = 🆕 Нұсқаулықтың жаңа нұсқасы шықты. Келесі ауысымға дейін өтіңіз: онсыз ауысым басталмайды.

journal-open = 📒 Нұсқаулық журналы
journal = 📒 <b>Нұсқаулық журналы</b>

    Кім, қашан, қандай нәтижемен өтті. Кезең мен файл түрін таңдаңыз.
journal-empty = 📒 Биыл да, былтыр да нұсқаулықтан ешкім өтпеген.
journal-get = { $period ->
    [month] Осы ай ({ $count }) · { $form }
    [last] Өткен ай ({ $count }) · { $form }
    [lastyear] Былтыр ({ $count }) · { $form }
   *[year] Биыл ({ $count }) · { $form }
 }
journal-title = Нұсқаулық журналы
journal-scope-row = { DATE($first, width: "long") } – { DATE($last, width: "long") } · { $places }
journal-column-name = Тегі, аты
journal-column-service = Қызметтік нөмірі
journal-column-district = Аудан
journal-column-version = Нұсқасы
journal-column-score = Нәтижесі
journal-column-signed = Қол қойылды
journal-column-until = Жарамды мерзімі
journal-column-language = Тілі
journal-column-hash = Қол қойылған мәтін, SHA-256
journal-texts = Қол қойылған мәтіндер
journal-responsible = Жауапты тұлға

error-briefing-assistants-only = Нұсқаулықтан тек көмекшілер өтеді.
error-briefing-too-fast = Оқи беріңіз: тағы { $seconds } с.
error-briefing-version = Нұсқаулықтың жаңа нұсқасы шықты. Басынан бастап өтіңіз.
error-briefing-order = Алдымен алдыңғы модульдерді оқыңыз.
error-briefing-signed = Қол қойылған: { MOMENT($at) }.
error-briefing-not-stuck = Үзіліс аяқталған.
error-briefing-try-allowed = Рұқсат берілген: { MOMENT($at) }.
error-quiz-over = Бұл талпыныс аяқталған. Қазіргі экран ашылды.
error-quiz-order = Алдымен экрандағы сұраққа жауап беріңіз.
error-quiz-option = Мұндай жауап жоқ.
