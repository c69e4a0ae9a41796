"""Spanish."""

from retrieval.analysis.languages.language_pack import LanguagePack, listed
from retrieval.core.query_model import AnswerType, SmallTalk

MONTHS = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"

PACK = LanguagePack(
    code="es",
    name="Spanish",
    bias=0.0,
    stemmer="spanish",
    dictionary="es",
    stop_words=listed(
        """
        a al algo alguien algún alguna algunas alguno algunos allá allí ante antes aquel aquella aquellas aquello aquellos
        aquí aun aún aunque bajo bastante bien cada casi como cómo con contra cosa cosas cual cuál cuales cuáles cualquier
        cuando cuándo cuanta cuánta cuantas cuántas cuanto cuánto cuantos cuántos de dado debe deben debía deber del desde
        después dice dicen dijo donde dónde dos durante e el él ella ellas ello ellos en entonces entre era eran eras eres
        es esa esas ese eso esos esta está estaba estaban están estar estas este esto estos estuvo excepto fue fueron fui
        gran ha haber había habían habido hace hacen hacer hacia han hasta hay haya he hemos hizo hubo incluso ir jamás la
        las le les lo los luego más me mediante menos mi mí mientras mío mis misma mismas mismo mismos mucha muchas mucho
        muchos muy nada nadie ni ningún ninguna ninguno no nos nosotras nosotros nuestra nuestras nuestro nuestros nunca o
        os otra otras otro otros para parte pero poco pocos podría podrían por porque pueda puede pueden pues que qué quien
        quién quienes quiénes se sea sean según ser será serán si sí sido siempre siendo sin sino sobre solamente solo sólo
        son soy su sus suya suyo tal también tampoco tan tanto te tener tenía tenían ti tiene tienen todas todavía todo
        todos tras tres tu tú tuvo tuvieron tus tuyo u un una unas uno unos usted ustedes va vamos van varias varios veces
        vez vosotros y ya yo dime explica describe llama llamaba llamado llamada nombra ocurrió ocurre sucedió sucede pasó
        pasa tipo
        """
    ),
    abbreviations=listed(
        """
        a.c d.c a.m p.m admón adm aprox art arts atte av avd avda bco c.a cía cap caps cf cént cód col coord cta ctra d
        da dª depto dir dña doc dpto dr dra dres dras dto ed edit ee ee.uu uu ej e.g excmo excma fig figs fr gob gral hnos
        i.e ibíd id íd ing izq izqdo lic ltda máx mín mons mr mrs mtro mtra n núm núms nº no nro ntra ob.cit op p pág págs
        párr pbro p.ej p.d pdo pl pp prof profa prov p.s ref reg rev rte s.a s.l s.r.c s.e.u.o sec sgto sig sr sra sras
        sres srta srtas sta sto ss ss.mm t tel teléf tfno trad ud uds v vd vds vol vols vs ayto bibl bs fdo ilmo ilma
        ff.aa ff cc.oo cc rr.hh rr jj.oo jj aa dd.hh dd
        """
    ),
    before_number="pág|págs|p|pp|art|arts|núm|núms|nro|no|nº|n|fig|figs|cap|caps|vol|vols|tel|sec|párr|inc|apdo|apto|lám|ed|tomo|t",
    asking=(
        (
            AnswerType.NUMBER,
            r"cu[aá]nt[oa]s?|qu[eé] (?:n[uú]mero|porcentaje|proporci[oó]n|cantidad|poblaci[oó]n|edad|tamaño|altura|longitud|"
            r"precio|fracci[oó]n|distancia)|cu[aá]l (?:es|era|fue) (?:la|el) (?:n[uú]mero|porcentaje|cantidad|poblaci[oó]n|"
            r"edad|altura|longitud|precio|tamaño|superficie)",
        ),
        (
            AnswerType.TIME,
            r"cu[aá]ndo|(?:en )?qu[eé] (?:año|fecha|d[ií]a|mes|siglo|d[eé]cada|[eé]poca|momento|hora)|a qu[eé] hora",
        ),
        (
            AnswerType.PLACE,
            r"d[oó]nde|ad[oó]nde|(?:en |de )?qu[eé] (?:ciudad|pa[ií]s|estado|lugar|regi[oó]n|provincia|continente|r[ií]o|isla|"
            r"zona|parte|sitio|municipio|calle)",
        ),
        (
            AnswerType.PERSON,
            r"qui[eé]n(?:es)?|qu[eé] (?:persona|presidente|rey|reina|autor|autora|actor|actriz|cient[ií]fico|l[ií]der|jugador"
            r"|hombre|mujer|compositor|director|emperador|papa)",
        ),
        (
            AnswerType.REASON,
            r"por qu[eé]|qu[eé] (?:caus[oó]|motivo|raz[oó]n|provoc[oó])|cu[aá]l (?:es|fue|era) (?:la|el) (?:causa|motivo|raz[oó]n)",
        ),
    ),
    whether="es|son|era|fue|está|están|hay|puede|puedo|pueden|debe|tiene|tienen|se puede|existe|hace",
    counted="cu[aá]nt[oa]s",
    numerals=(
        "trece|catorce|quince|dieci\\w+|veinti\\w+|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cientos?|\\w+cientos|uno?|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veinte|cien(?:to)?|mil|mill[oó]n(?:es)?|docena|"
        "mitad|tercio|cuarto|por ciento"
    ),
    times=rf"{MONTHS}|lunes|martes|miércoles|jueves|viernes|sábado|domingo|siglos?|ayer|hoy|mañana|a\. ?c|d\. ?c|años?|década",
    places="en|de|desde|hacia|cerca de|hasta|entre|a",
    reasons="porque|pues|debido|ya que|por lo tanto|gracias a|causas?|causó|motivos?|razón|razones|consecuencia|para que|provocó|con el fin",
    small_talk={
        SmallTalk.GREETING: "hola|buenas|buenos días|buenas (?:tardes|noches)|qué tal|cómo estás",
        SmallTalk.THANKS: "(?:muchas |mil )?gracias|genial|perfecto|muy bien",
        SmallTalk.FAREWELL: "adiós|hasta (?:luego|pronto|mañana)|chao|nos vemos",
        SmallTalk.ABOUT: "ayuda|prueba|quién eres|qué eres|qué puedes hacer|cómo funciona(?: esto| el bot)?|eres un (?:bot|robot)",
    },
)
