# Roles, which admins give.

roles = ⭐ <b>Roles</b>
# $role: coordinator, admin or observer; $count: how many hold it
roles-row = { $role ->
    [coordinator] Coordinators: { $count }
    [admin] Admins: { $count }
   *[observer] Observers: { $count }
 }
holders-list = { $role ->
    [coordinator] ⭐ <b>Coordinators: { $count }</b>
    [admin] ⭐ <b>Admins: { $count }</b>
   *[observer] ⭐ <b>Observers: { $count }</b>
 }
holders-row = { $name } · { $district }
role-appoint = { $role ->
    [coordinator] ➕ Appoint a coordinator
    [admin] ➕ Appoint an admin
   *[observer] ➕ Appoint an observer
 }
role-candidates = { $role ->
    [coordinator] Who becomes coordinator?
    [admin] Who becomes admin?
   *[observer] Who becomes observer?
 }

    Choose from the list ({ $count }), write a part of the name, or send the person's contact (📎).
# $search: what was typed
role-candidates-found = { $count ->
    [0] Nobody is found: “{ $search }”. Write another part of the name, or send the person's contact (📎).
   *[other] Found: { $count } – “{ $search }”. Choose from the list, write something else, or send the person's contact (📎).
 }
role-candidates-all = 👥 Show all
role-scope = { $role ->
    [coordinator] <b>{ $name }</b> – coordinator. Of which district?
    [admin] <b>{ $name }</b> – admin of the whole region?
   *[observer] <b>{ $name }</b> – observer. Of which district?
 }
role-appointed-toast = Appointed.
role-dismiss = ✖ Take the role back
role-dismissed-toast = The role is taken back.
# $at: since when
holder-card =
    ⭐ <b>{ $name }</b>
    { role-name } · { $district }
    since { MOMENT($at) }
person-nameless = name not known yet
# $link: address of the bot
holder-not-started =
    ⏳ Has not started the bot yet. Send the link: { $link }
