roles = ⭐ <b>Рөлдер</b>
roles-row = { $role ->
    [coordinator] Үйлестірушілер: { $count }
    [admin] Әкімшілер: { $count }
   *[observer] Бақылаушылар: { $count }
 }
holders-list = { $role ->
    [coordinator] ⭐ <b>Үйлестірушілер: { $count }</b>
    [admin] ⭐ <b>Әкімшілер: { $count }</b>
   *[observer] ⭐ <b>Бақылаушылар: { $count }</b>
 }
holders-row = { $name } · { $district }
role-appoint = { $role ->
    [coordinator] ➕ Үйлестіруші тағайындау
    [admin] ➕ Әкімші тағайындау
   *[observer] ➕ Бақылаушы тағайындау
 }
role-candidates = { $role ->
    [coordinator] Кім үйлестіруші болады?
    [admin] Кім әкімші болады?
   *[observer] Кім бақылаушы болады?
 }

    Тізімнен таңдаңыз ({ $count }), аты-жөнінің бір бөлігін жазыңыз немесе адамның контактісін жіберіңіз (📎).
role-candidates-found = { $count ->
    [0] Ешкім табылмады: «{ $search }». Аты-жөнінің басқа бөлігін жазыңыз немесе адамның контактісін жіберіңіз (📎).
   *[other] Табылды: { $count } – «{ $search }». Тізімнен таңдаңыз, басқаша жазыңыз немесе адамның контактісін жіберіңіз (📎).
 }
role-candidates-all = 👥 Бәрін көрсету
role-scope = { $role ->
    [coordinator] <b>{ $name }</b> – үйлестіруші. Қай ауданның?
    [admin] <b>{ $name }</b> – бүкіл облыстың әкімшісі бола ма?
   *[observer] <b>{ $name }</b> – бақылаушы. Қай ауданның?
 }
role-appointed-toast = Тағайындалды.
role-dismiss = ✖ Рөлінен босату
role-dismissed-toast = Рөлінен босатылды.
holder-card =
    ⭐ <b>{ $name }</b>
    { role-name } · { $district }
    Тағайындалған уақыты: { MOMENT($at) }
person-nameless = аты әлі белгісіз
holder-not-started =
    ⏳ Ботты әлі ашпаған. Сілтемені жіберіңіз: { $link }
