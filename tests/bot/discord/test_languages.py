"""People read the bot's own lines in their language, and the quotations as their source wrote them."""
# ruff: noqa: E501 - what people see is held as it is shown, a line a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from inline_snapshot import snapshot

from bot.discord.embeds import id_on
from bot.i18n import END, FROM_THE_RIGHT, ISOLATE
from tests.bot.discord.scene import Scene, drawn, one_embed, shown, text

if TYPE_CHECKING:
    import simcord

QUESTION = "When was Fallujah lost?"
UNANSWERABLE = "Who won the Nobel prize in chemistry?"


async def use(
    scene: Scene,
    locale: str,
    name: str,
    *,
    guild_locale: str = "en-US",
    by: simcord.MemberActor | None = None,
    **options: str,
) -> simcord.InteractionResult:
    """Use a command as Ann does, or somebody else, when their Discord speaks that language."""
    command, _, below = name.partition(" ")
    given: list[dict[str, Any]] = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
    inner = [{"name": below, "type": 1, "options": given}] if below else given
    data = {"id": "1", "name": command, "type": 1, "options": inner}
    return await (by or scene.ann)._dispatch_interaction(
        2, scene.channel, data, extra={"locale": locale, "guild_locale": guild_locale}
    )


@pytest.mark.parametrize("locale", ["de", "fr", "es-ES", "es-419", "ar", "en-GB", "pl"])
async def test_what_one_person_sees_is_in_their_language_or_in_english(scene: Scene, locale: str) -> None:
    result = await use(scene, locale, "privacy delete")

    line = text(shown(result)).strip(FROM_THE_RIGHT + END)
    assert (
        line
        == snapshot(
            {
                "de": "Es gibt nichts zu löschen: Weder im Protokoll noch in einer Sicherung davon steht eine Frage, eine Stimme oder eine ID von dir.",
                "fr": "Il n’y a rien à supprimer\xa0: ni le journal ni une de ses sauvegardes n’a de question, de vote ou d’identifiant de toi.",
                "es-ES": "No hay nada que borrar: ni en el registro ni en ninguna copia de seguridad hay preguntas, votos o un ID tuyos.",
                "es-419": "No hay nada que borrar: ni en el registro ni en ninguna copia de seguridad hay preguntas, votos o un ID tuyos.",
                "ar": "لا يوجد ما يُحذف: ليس في السجل ولا في نسخه الاحتياطية سؤال أو صوت أو معرّف لك.",
                "en-GB": "There is nothing to delete: no question, vote or id of yours is in the log or its backups.",
                "pl": "There is nothing to delete: no question, vote or id of yours is in the log or its backups.",
            }
        )[locale]
    )


@pytest.mark.parametrize("locale", ["de", "fr", "es-ES", "ar"])
async def test_the_help_names_the_commands_as_discord_shows_them(scene: Scene, locale: str) -> None:
    result = await use(scene, locale, "help")

    assert (
        drawn(one_embed(shown(result))).translate({ord(mark): None for mark in ISOLATE + FROM_THE_RIGHT + END})
        == snapshot(
            {
                "de": """\
So fragst du
Stell eine Frage, und ich zitiere die Sätze meiner Quellen, die sie beantworten, Wort für Wort und jeden mit dem Namen seiner Quelle. Beantwortet sie keine, sage ich das.

**/fragen** fragt alle Quellen oder eine deiner Wahl; mit *privat* siehst nur du die Antwort
**/vergleichen** zeigt nach Datum, was jede Quelle zu einer Frage sagt
**@Erwähne** mich in einem Kanal mit deiner Frage, oder schreib mir eine Direktnachricht
**Frag nach** mit „and in Iraq?“ oder „when was he killed?“: innerhalb von zehn Minuten am selben Ort, als Antwort auf eine meiner Antworten, oder mit *Weiterfragen* unter einer Antwort auf **/fragen**. Unter der Antwort steht, welche früheren Wörter ich ergänzt habe
**Die Schaltflächen** unter einer Antwort zeigen dir weitere Stellen, die Sätze um ein Zitat, warum es gewählt wurde und wie man es zitiert; 👍 und 👎 sagen meinen Betreibern, ob sie geholfen hat, und *Löschen* entfernt eine Antwort an dich
**Quellen finden** im Menü einer Nachricht (Apps) sucht nach ihrem Text; nur du siehst, was gefunden wird
**Dieses Zitat prüfen** im selben Menü, oder **/prüfen**, sagt dir, ob eine Quelle genau diese Worte hat; gib **/prüfen** eine Datei, und jedes Zitat darin wird geprüft
**/quellen liste** und **/quellen zeigen** sagen, was ich kenne
Mit **/quellen hinzufügen** und den verwandten Befehlen ändert die Redaktion dieses Servers, was ich kenne, und **Als Quelle aufnehmen** im Menü einer Nachricht macht sie zu einer Quelle
Wer diesen Server verwaltet, sieht mit **/protokoll letzte**, **/protokoll suchen**, **/protokoll zeigen**, **/protokoll statistik** und **/protokoll exportieren**, was gefragt wurde, mit **/protokoll unbeantwortet** und **/protokoll lücke**, was den Quellen fehlt, und mit **/protokoll korrekturen**, welche Antworten ihre Quelle nicht mehr stützt
**/einstellungen zeigen** zeigt denen, die diesen Server verwalten, wie ich mich hier verhalte und wie man es ändert
**/datenschutz zeigen** sagt dir, was über dich gespeichert ist und wie du es löschst; mit **/datenschutz widersprechen** wird nichts mehr von dir protokolliert

Fragen und Antworten werden protokolliert, mit einem Code anstelle deines Namens.
""",
                "fr": """\
Comment demander
Pose une question, et je cite les phrases de mes sources qui y répondent, mot pour mot, chacune avec le nom de sa source. Si aucune n’y répond, je le dis.

**/demander** interroge toutes les sources, ou celle de ton choix\xa0; avec *privé*, il n’y a que toi qui vois la réponse
**/comparer** montre, par date, ce que chaque source dit d’une question
**@mentionne**-moi dans un salon avec ta question, ou écris-moi en message privé
**Donne suite** avec «\xa0and in Iraq?\xa0» ou «\xa0when was he killed?\xa0»\xa0: dans les dix minutes au même endroit, en répondant à l’une de mes réponses, ou avec *Poursuivre* sous une réponse à **/demander**. Sous la réponse, je dis quels mots d’avant j’ai ajoutés
**Les boutons** sous une réponse te montrent d’autres passages, les phrases autour d’une citation, pourquoi elle a été choisie et comment la citer\xa0; 👍 et 👎 disent à mes responsables si elle a aidé, et *Supprimer* enlève une réponse qui t’était donnée
**Trouver des sources** dans le menu d’un message (Applications) cherche son texte\xa0; il n’y a que toi qui vois ce qui est trouvé
**Vérifier cette citation** dans le même menu, ou **/vérifier**, te dit si une source contient exactement ces mots\xa0; donne un fichier à **/vérifier**, et chaque citation qu’il contient est vérifiée
**/sources liste** et **/sources afficher** disent ce que je connais
Pour la rédaction de ce serveur, **/sources ajouter** et les commandes qui vont avec changent ce que je connais, et **Garder comme source** dans le menu d’un message en fait une source
**/journal récentes**, **/journal chercher**, **/journal afficher**, **/journal statistiques** et **/journal exporter** montrent ce qui a été demandé, **/journal sans-réponse** et **/journal lacune** ce qui manque aux sources, et **/journal corrections** quelles réponses leur source ne confirme plus, à qui gère ce serveur
**/paramètres afficher** dit comment je me comporte ici et comment le changer, à qui gère ce serveur
**/confidentialité afficher** dit ce qui est conservé sur toi et comment le supprimer\xa0; avec **/confidentialité refuser**, plus rien de toi n’est journalisé

Les questions et les réponses sont conservées dans un journal, avec un code à la place de ton nom.
""",
                "es-ES": """\
Cómo preguntar
Haz una pregunta y citaré las frases de mis fuentes que la responden, palabra por palabra y cada una con el nombre de su fuente. Si ninguna la responde, lo digo.

**/preguntar** pregunta a todas las fuentes, o a la que elijas; con *privado* solo tú ves la respuesta
**/comparar** muestra, por fecha, lo que dice cada fuente sobre una pregunta
**@Mencióname** en un canal con tu pregunta, o escríbeme un mensaje directo
**Sigue preguntando** con «and in Iraq?» o «when was he killed?»: antes de diez minutos en el mismo sitio, respondiendo a una de mis respuestas o con *Seguir preguntando* debajo de una respuesta a **/preguntar**. Debajo de la respuesta digo qué palabras anteriores he añadido
**Los botones** debajo de una respuesta muestran más pasajes, las frases que rodean una cita, por qué se eligió y cómo citarla; 👍 y 👎 dicen a mis responsables si ha ayudado, y *Borrar* quita una respuesta que se te dio
**Buscar fuentes** en el menú de un mensaje (Aplicaciones) busca su texto; solo tú ves lo que se encuentra
**Comprobar esta cita**, en el mismo menú, o **/verificar** dicen si una fuente tiene exactamente esas palabras; dale un archivo a **/verificar** y se comprueba cada una de sus citas
**/fuentes lista** y **/fuentes mostrar** dicen lo que conozco
Los editores de este servidor cambian lo que conozco con **/fuentes añadir** y los comandos que lo acompañan, y con **Guardar como fuente**, en el menú de un mensaje, lo convierten en una
A quienes gestionan este servidor, **/registro recientes**, **/registro buscar**, **/registro mostrar**, **/registro estadísticas** y **/registro exportar** les muestran lo que se ha preguntado, **/registro sin-respuesta** y **/registro laguna**, lo que les falta a las fuentes, y **/registro correcciones**, qué respuestas ya no tienen el apoyo de su fuente
**/ajustes mostrar** dice cómo me comporto aquí y cómo cambiarlo, a quienes gestionan este servidor
**/privacidad mostrar** dice qué se guarda de ti y cómo borrarlo; con **/privacidad rechazar** no se registra nada más de ti

Las preguntas y las respuestas se guardan en un registro, con un código en lugar de tu nombre.
""",
                "ar": """\
كيف تسأل
اطرح سؤالًا، فأقتبس جمل مصادري التي تجيب عنه، كلمة بكلمة، ومع كل منها اسم مصدرها. وإن لم يُجب عنه أي منها قلت ذلك.

**/اسأل** يسأل كل المصادر، أو مصدرًا تختاره، ومع *خاص* لا يرى الإجابة سواك
**/قارن** يعرض ما يقوله كل مصدر عن سؤال، مرتبًا حسب التاريخ
**@أشر** إليّ في قناة مع سؤالك، أو راسلني في رسالة مباشرة
**تابع السؤال** بمثل «and in Iraq?» أو «when was he killed?»: خلال عشر دقائق في المكان نفسه، أو بالرد على إحدى إجاباتي، أو بالزر *تابع السؤال* تحت إجابة **/اسأل**. وأذكر تحت الإجابة ما أضفته من الكلمات السابقة
**الأزرار** تحت الإجابة تعرض لك مقاطع أخرى، والجمل المحيطة بالاقتباس، وسبب اختياره، وكيف تستشهد به؛ ويخبر 👍 و👎 مشغّلي البوت هل كانت مفيدة، ويزيل *حذف* إجابة عن سؤالك
**ابحث عن المصادر** في قائمة الرسالة (التطبيقات) يبحث عن نصها، ولا يرى النتيجة سواك
**تحقق من هذا الاقتباس** في القائمة نفسها، أو **/تحقق**، يخبرك هل في مصدر ما هذه الكلمات بالضبط؛ وأعطِ **/تحقق** ملفًّا فيُتحقق من كل اقتباس فيه
**/مصادر قائمة** و **/مصادر عرض** يخبران بما أعرفه
لمحرري هذا الخادم: **/مصادر إضافة** وما يتبعه يغيّر ما أعرفه، و **احفظ كمصدر** في قائمة الرسالة يجعلها مصدرًا
لمن يدير هذا الخادم: **/سجل الأحدث** و **/سجل بحث** و **/سجل عرض** و **/سجل إحصاءات** و **/سجل تصدير** تعرض ما سُئل عنه، و **/سجل بلا-إجابة** و **/سجل ثغرة** ما ينقص المصادر، و **/سجل تصحيحات** الإجابات التي لم يعد مصدرها يؤيدها
**/إعدادات عرض** يخبر من يدير هذا الخادم كيف أتصرف هنا وكيف يغيّر ذلك
**/خصوصية عرض** يخبرك بما هو محفوظ عنك وكيف تحذفه، ومع **/خصوصية رفض-التسجيل** لا يُسجَّل عنك شيء بعد ذلك

تُحفظ الأسئلة والإجابات في سجل، مع رمز مكان اسمك.
""",
            }
        )[locale]
    )


async def test_statistics_have_bars_of_blocks_in_a_language_that_no_picture_is_written_in(
    scene: Scene, manager: simcord.MemberActor
) -> None:
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)

    english, arabic = [await use(scene, locale, "log stats", by=manager) for locale in ("en-US", "ar")]

    assert [len(shown(result).attachments) for result in (english, arabic)] == [1, 0]
    assert "█" in text(shown(arabic))


async def test_an_answer_for_all_is_in_the_servers_language_and_quotes_the_sources_own_words(scene: Scene) -> None:
    english = await use(scene, "de", "ask", question=QUESTION)
    german = await use(scene, "fr", "ask", guild_locale="de", question=QUESTION)
    refusal = await use(scene, "fr", "ask", guild_locale="de", question=UNANSWERABLE)

    def quoted(result: simcord.InteractionResult) -> list[str]:
        return [line for line in text(shown(result)).split("\n") if line.startswith("> ")]

    assert quoted(german) == quoted(english)
    assert (one_embed(shown(english)).footer.text or "").startswith("From 1 of 5 sources")
    assert drawn(one_embed(shown(refusal))) == snapshot("""\
Who won the Nobel prize in chemistry?
**Keine der Quellen beantwortet das.** Keine Quelle erwähnt „Nobel“, „prize“ oder „chemistry“.

Versuch es mit anderen Wörtern, sieh mit `/quellen liste` nach, was es gibt, oder lass dir Bescheid sagen, wenn eine Quelle die Frage beantwortet.
302 Sätze durchsucht\
""")


async def test_a_mention_is_answered_in_the_servers_language(scene: Scene) -> None:
    guild = scene.env.create_guild("Salon", preferred_locale="fr")
    channel = guild.create_text_channel("general")

    await guild.add_member(scene.env.create_user("eve")).send(channel, scene.me)

    assert text(channel.last_message) == snapshot(
        "Écris ta question après mon nom, par exemple «\xa0Who leads the group now?\xa0», ou consulte `/aide`."
    )


async def test_in_arabic_each_line_runs_as_it_is_written_and_the_quotation_as_its_source(scene: Scene) -> None:
    result = await use(scene, "ar", "ask", guild_locale="ar", question=UNANSWERABLE)
    pressed = await scene.ann.click(shown(result), custom_id=shown(result).components[0]["components"][0]["custom_id"])
    answer = await use(scene, "ar", "ask", guild_locale="ar", question=QUESTION)

    assert re.sub(r"[0-9a-z]{16}", "ID", drawn(one_embed(shown(result))).translate(SEEN)) == snapshot("""\
[Who won the Nobel prize in chemistry?]
**<لا يجيب عن هذا أي من المصادر.** لا يذكر أي مصدر «Nobel»، «prize» أو «chemistry».]

<جرّب كلمات أخرى، أو انظر ما هو موجود بالأمر `/مصادر قائمة`، أو دعني أخبرك عندما يجيب مصدر عن هذا.]
<302 جملة جرى البحث فيها]\
""")
    assert text(shown(pressed)).startswith("None of these answers the question")
    first, under, *_ = [
        line.translate(SEEN)
        for line in text(shown(answer)).split("\n")
        if "Fallujah" in line or line.endswith(f"2016{END}")
    ]
    assert (first[:8], first[-4:], under) == snapshot(
        (
            "> [In Ir",
            "ue.]",
            "<— [**Islamic State loses ground at home and strikes abroad** › Losses on two fronts]، 6 يوليو 2016]",
        )
    )


SEEN = {ord(ISOLATE): "[", ord(FROM_THE_RIGHT): "<", ord(END): "]"}


async def test_an_arabic_answer_can_be_replied_to(scene: Scene) -> None:
    await use(scene, "ar", "ask", guild_locale="ar", question=QUESTION)

    assert len(id_on(scene.last)) == 16


async def test_discord_is_told_of_the_commands_in_every_language(scene: Scene) -> None:
    (sent,) = [sent for sent in scene.env.http_requests if sent.method == "PUT" and sent.path.endswith("/commands")]
    assert isinstance(sent.json, list)
    commands = {command["name"]: command for command in sent.json}
    (group,) = [option for option in commands["settings"]["options"] if option["name"] == "channels"]

    assert commands["ask"]["name_localizations"] == snapshot(
        {"ar": "اسأل", "de": "fragen", "es-419": "preguntar", "es-ES": "preguntar", "fr": "demander"}
    )
    assert commands["ask"]["options"][0]["name_localizations"]["ar"] == snapshot("سؤال")
    assert commands["ask"]["options"][0]["description_localizations"]["fr"] == snapshot("Que veux-tu savoir\xa0?")
    assert commands["Find sources"]["name_localizations"]["es-419"] == snapshot("Buscar fuentes")
    assert group["options"][0]["name_localizations"]["de"] == snapshot("hinzufügen")
