"""What gives a language away in a few lines: its commonest words, and letters of its own."""

# Letters that few of the other languages in Latin letters have.
MARKED = {
    "de": "äöüß",
    "fr": "éèêàçœù",
    "es": "ñ¿¡óíáúé",
    "it": "èàòùì",
    "pt": "ãõçêáâé",
    "pl": "ąęłńśźżćó",
    "ro": "ăâîșțşţ",
    "sv": "åäö",
    "da": "æøå",
    "no": "æøå",
    "fi": "äö",
    "hu": "őűáéöüí",
    "cs": "řůěščžýáíé",
    "tr": "ığşçöü",
    "vi": "đơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
}
# Those of English are its stop words.
SMALL_WORDS: dict[str, str] = {
    "de": "der die das und ist ein eine einen einem einer des dem den von mit für auf nicht sich auch im zu als werden "
    "wird wurde wurden sind war bei nach aus durch oder zum zur über wie wer was wann warum wo welche welcher welches wer "
    "hat haben kann man es er sie ich vom am bis um dass wenn nur noch mein meine hatte viele gibt wieviel wem wen",
    "fr": "le la les des et est un une du en que qui dans pour par sur pas au aux avec ce cette sont il elle ils plus "
    "été être ont ou où se ne son sa ses leur leurs quel quelle quels quelles comment quand pourquoi combien qu d' l' c' "
    "n' s' j' à nous vous je y fait était peut a quoi",
    "es": "el la los las de que y en un una es por con para del se no al lo como más su sus fue son está qué quién cuál "
    "cómo cuándo dónde cuántos cuántas cuánto cuáles o pero este esta entre desde ha también era fueron hay ser muy sin "
    "sobre quiénes después según le les",
    "it": "il lo la gli le di che e è un una in per con del della dei delle dello degli nel nella non si da al alla come "
    "sono più quale quali chi quando dove perché quanti quante cosa anche ha era questo questa dal dalla sul sulla ed "
    "loro stato i l' dell' nell' all' un' c' quanto essere può",
    "pt": "o a os as de que e em um uma do da dos das no na nos nas para por com não se é ao à como mais foi são qual "
    "quais quem quando onde quantos quantas sobre pelo pela sua seu ou ser está também ele ela pode deve quanto aos às "
    "até pelos pelas são tem foram entre",
    "nl": "de het een en van is dat die in te op met voor niet zijn aan er ook als door worden wordt werd bij naar uit "
    "over wie wat wanneer waar waarom hoe welke hoeveel kan maar om tot dan heeft hebben deze dit zich nog ze hij u je "
    "was waren of wel geen mijn moet mag",
    "ro": "și în de la cu pe este un o din care că pentru nu sunt a al ale lui să se au fost mai ce cine când unde cum "
    "cât câte câți ca sau prin după între acest această era cel cea lor sa si care ului pot avea despre către fi dacă",
    "sv": "och att det i som en på är av för med till den har de inte om ett var från vad vem när hur varför vilken "
    "vilket vilka många kan men eller där blev under mot ska sin sitt sina efter vid finns jag man också så får du",
    "da": "og at det i som en på er af for med til den har de ikke om et var fra hvad hvem hvornår hvor hvordan hvorfor "
    "hvilken hvilket hvilke mange kan men eller der blev under mod skal sin efter ved jeg man også så får være blive du "
    "nogle ud op kun",
    "no": "og at det i som en på er av for med til den har de ikke om et var fra hva hvem når hvor hvordan hvorfor hvilken "
    "hvilket hvilke mange kan men eller der ble under mot skal sin etter ved jeg man også så får være bli du noen ut opp "
    "bare seg ikkje eit",
    "fi": "ja on ei että se oli hän mutta kun joka niin tai myös ovat sekä kuin mitä mikä kuka missä milloin miksi miten "
    "kuinka monta voi ole olla jos vain sen ne tämä hänen sitä mukaan jälkeen ovatko onko mistä jotka jossa vuonna",
    "hu": "a az és hogy nem egy is van volt meg ez de ki mi mikor hol miért hogyan mennyi hány melyik el csak mint vagy "
    "már azt még kell lehet ezt ha be akkor amely aki ami által után között majd minden nagyon lesz milyen",
    "pl": "i w na z do nie się jest to że o jak po od za co kto gdzie kiedy dlaczego ile który która które są był była "
    "było oraz dla przez ale czy może przy lub tym jego jej ich być tego został została jaki jaka jakie ze pod można",
    "cs": "a v na se je to z že o s do pro za jako po od ale by k i ve jsou byl byla bylo který která které kdo co kdy "
    "kde proč jak kolik však nebo podle při jeho její jen také už může být si tak jaký jaká jaké která ze či než",
    "tr": "ve bir bu da de için ile olarak ne kim nerede zaman neden nasıl kaç hangi olan daha en çok gibi kadar sonra "
    "ise değil var mi mı mu mü ancak veya tarafından olduğu olduğunu her o göre ki şey kimdir nedir nelerdir yıl idi",
    "vi": "của và là có trong được cho một các những không với đã người để từ này khi đến về ở ra như ai gì nào bao nhiêu "
    "đâu vì sao tại năm bởi vào theo trên cũng đó thì nhiều hơn",
    "ru": "и в не на что с по как это к он она они из для от о у за же но а был была было были кто где когда почему "
    "сколько какой какая какие каком чем или также его их при до так все бы то мы я вы который которые",
    "uk": "і в не на що з по як це до він вона вони із для від про у за та але є був була було були хто де коли чому "
    "скільки який яка які або також його їх при так ми я ви й якій під чи між яке цього",
    "bg": "и в не на че с по как това към той тя те из за от са е си се като или беше бяха кой къде кога защо колко който "
    "която които при до така ние аз вие ще да най във със след",
}
