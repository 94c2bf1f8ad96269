roles = ⭐ <b>Роли</b>
roles-row = { $role ->
    [coordinator] Координаторы: { $count }
    [admin] Администраторы: { $count }
   *[observer] Наблюдатели: { $count }
 }
holders-list = { $role ->
    [coordinator] ⭐ <b>Координаторы: { $count }</b>
    [admin] ⭐ <b>Администраторы: { $count }</b>
   *[observer] ⭐ <b>Наблюдатели: { $count }</b>
 }
holders-row = { $name } · { $district }
role-appoint = { $role ->
    [coordinator] ➕ Назначить координатора
    [admin] ➕ Назначить администратора
   *[observer] ➕ Назначить наблюдателя
 }
role-candidates = { $role ->
    [coordinator] Кто станет координатором?
    [admin] Кто станет администратором?
   *[observer] Кто станет наблюдателем?
 }

    Выберите из списка ({ $count }), напишите часть имени или отправьте контакт человека (📎).
role-candidates-found = { $count ->
    [0] Никого нет: «{ $search }». Напишите другую часть имени или отправьте контакт человека (📎).
   *[other] Найдено: { $count } – «{ $search }». Выберите из списка, напишите иначе или отправьте контакт человека (📎).
 }
role-candidates-all = 👥 Показать всех
role-scope = { $role ->
    [coordinator] <b>{ $name }</b> – координатор. Какого района?
    [admin] <b>{ $name }</b> – администратор всей области?
   *[observer] <b>{ $name }</b> – наблюдатель. Какого района?
 }
role-appointed-toast = Назначено.
role-dismiss = ✖ Снять роль
role-dismissed-toast = Роль снята.
holder-card =
    ⭐ <b>{ $name }</b>
    { role-name } · { $district }
    Назначение: { MOMENT($at) }
person-nameless = имя пока неизвестно
holder-not-started =
    ⏳ Бот ещё не открыт. Отправьте ссылку: { $link }
