key-digest = 📊 Күн қорытындысы
digest-choose = 📊 Қай аудан бойынша?
digest-title = { $kind ->
    [weekly] 📊 <b>{ $district }</b> · апта: { DATE($first, width: "short") } – { DATE($last, width: "short") }
    [monthly] 📊 <b>{ $district }</b> · { DATE($first, width: "month") }
   *[daily] 📊 <b>{ $district }</b> · { DATE($first, width: "short") }
 }
digest-nothing = { $kind ->
    [weekly] 📊 { $district } · { DATE($first, width: "short") } – { DATE($last, width: "short") }: апта ішінде ештеңе болған жоқ, алдыңғы аптада да.
    [monthly] 📊 { $district } · { DATE($first, width: "month") }: ай ішінде ештеңе болған жоқ, алдыңғы айда да.
   *[daily] 📊 { $district } · { DATE($first, width: "short") }: күн ішінде ештеңе болған жоқ.
 }
digest-line = { $label }: <b>{ $value }</b> ({ $eve }, ⌀ { $before })
digest-line-long = { $label }: <b>{ $value }</b> ({ $before })
digest-brackets = { $kind ->
    [weekly] Жақшада: алдыңғы апта.
    [monthly] Жақшада: алдыңғы ай.
   *[daily] Жақшада: ⌀ 7 күн.
 }
digest-brackets-eve = { $partial ->
    [true] { TIME($at) } жағдайы бойынша. Жақшада: алдыңғы күн толық, ⌀ 7 күн.
   *[false] Жақшада: алдыңғы күн, ⌀ 7 күн.
 }
digest-column-figure = Көрсеткіш
digest-column-count = { $kind ->
    [weekly] Апта
    [monthly] Ай
   *[daily] Күн
 }
digest-column-before = { $kind ->
    [weekly] Алдыңғы
    [monthly] Алдыңғы
   *[daily] ⌀ 7 күн
 }
digest-column-by = { TIME($at) } жағдайы
digest-column-eve = Алдыңғы күн
digest-shifts = ⏱ Ауысымдар
digest-hours = 🕘 Ауысымдағы уақыт
digest-people = 👥 Қамту, адам
digest-others = 📋 Басқа нәтижелер
digest-category = ▫ { $category }
digest-categories-rest = ▫ Басқа түрлері
digest-duty = 🟢 Қазір ауысымда: { $names }
digest-duty-more = 🟢 Қазір ауысымда: { $names } және тағы { $count }
digest-duty-nobody = ⚪ Қазір ауысымда ешкім жоқ.
digest-unheard = ⚠️ Мәлімет толық емес: { MOMENT($since, width: "short") } – { MOMENT($until, width: "short") } аралығындағы хабарлар келмеді.
digest-left = ⚠️ Шешу керек: <b>{ $count }</b>
digest-settled = ✅ Шешетін ештеңе жоқ.
digest-today-row = { $count ->
    [0] 📊 Бүгін
   *[other] 📊 Бүгін · ⚠️ { $count }
 }
digest-forgotten-row = ⏱ Қашан аяқталды? { MOMENT($at, width: "short") } · { $name }
digest-recruit-row = 📥 Өтінім · { $name }
digest-place-row = { $place ->
    [outside] ⚠️ Ауданнан тыс: { MOMENT($at, width: "short") }, ескеру · { $name }
   *[none] 📍 Геолокациясыз: { MOMENT($at, width: "short") }, ескеру · { $name }
 }
digest-stuck-row = 🎓 Талпыныс қалмады · { $name }
digest-slow-row = 🎓 Тағылымгерге еске салу · { $name }
digest-expiring-row = 📘 Нұсқаулық мерзімі: { DATE($until, width: "short") }, еске салу · { $name }
digest-back = ◀ Күн қорытындысы
digest-done-toast = Дайын.
digest-reminded-toast = Еске салынды.
digest-reminder = 📘 Үйлестіруші еске салады: міндетті нұсқаулықтан өтіңіз. Төмендегі «📘 Нұсқаулық» батырмасын басыңыз.
digest-chart = 📈 <b>{ $district }</b>: ауысымдағы уақыт күндер бойынша
digest-file = 📎 <b>{ $district }</b> · { $kind ->
    [weekly] { DATE($first, width: "short") } – { DATE($last, width: "short") }
   *[monthly] { DATE($first, width: "month") }
 }: көмекшілер және күндер бойынша
digest-chart-title = { $district }: ауысымдағы уақыт, сағат
digest-chart-days-row = { DATE($first, width: "short") } – { DATE($last, width: "short") }
digest-chart-total-row = { $worked } ({ $kind ->
    [weekly] алдыңғы апта
   *[monthly] алдыңғы ай
 }: { $before })
digest-chart-day = { $day ->
    [d1] дс
    [d2] сс
    [d3] ср
    [d4] бс
    [d5] жм
    [d6] сб
   *[d7] жс
 } { $number }
digest-sheet-assistants = Көмекшілер бойынша
digest-sheet-days = Күндер бойынша
digest-sheet-day = Күні
digest-sheet-shifts = Ауысымдар
digest-sheet-hours = Есептелген уақыт, сағ:мин
digest-sheet-people = Қамту, адам
digest-sheet-other = Басқа нәтижелер
digest-sheet-category = Түрі
digest-sheet-before = { $kind ->
    [weekly] Алдыңғы апта
   *[monthly] Алдыңғы ай
 }
digest-sheet-total = Барлығы
digest-set-open = ⚙️ Баптаулар
digest-set = ⚙️ <b>{ $district }</b>: қорытындылардың келетін уақыты – <b>{ $at }</b>. Күн қорытындысы: ✅ белгісі бар күндері. Апта қорытындысы: дүйсенбіде. Ай қорытындысы: айдың 1-інде. Екеуіне де диаграмма мен кесте қосылады.
digest-set-never = ⚙️ <b>{ $district }</b>: қорытынды келмейді. Оны «📊 Күн қорытындысы» арқылы ашуға болады.
digest-set-weekly = { $chosen ->
    [true] ✅ Апта қорытындысы: дүйсенбіде
   *[false] ▫ Апта қорытындысы: дүйсенбіде
 }
digest-set-monthly = { $chosen ->
    [true] ✅ Ай қорытындысы: айдың 1-інде
   *[false] ▫ Ай қорытындысы: айдың 1-інде
 }
digest-set-time = { $chosen ->
    [true] ✅ { $at }
   *[false] { $at }
 }
digest-set-other = { $chosen ->
    [true] ✅ { $at } · басқа
   *[false] 🕗 Басқа уақыт
 }
digest-set-ask = 🕗 <b>{ $district }</b>: қорытындылар сағат нешеде келсін? Уақытын жазыңыз, мысалы 07:30.
digest-set-day = { $chosen ->
    [true] ✅ { digest-weekday }
   *[false] ▫ { digest-weekday }
 }
digest-weekday = { $day ->
    [d1] Дүйсенбі
    [d2] Сейсенбі
    [d3] Сәрсенбі
    [d4] Бейсенбі
    [d5] Жұма
    [d6] Сенбі
   *[d7] Жексенбі
 }
digest-set-quiet = { $chosen ->
    [true] 🔕 Дыбыссыз
   *[false] 🔔 Дыбыспен
 }
digest-set-toast = Сақталды.
error-digest-not-serving = Бұл адам қазір қызметте емес.
error-digest-reminded = Оған соңғы жеті күнде еске салынған.
