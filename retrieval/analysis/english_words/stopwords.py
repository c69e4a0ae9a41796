"""The words that say nothing about a subject, so that finding them finds nothing."""

STOP_WORDS = frozenset(
    """
    a about above across actually after afterwards again against ago al all almost along already also although
    always am among amongst an and another any anybody anyhow anyone anything anyway anywhere are aren arent around
    as at away b back be became because become becomes been before beforehand being below beside besides between
    beyond both but by c came can cannot cant come comes could couldnt d did didnt do does doesnt doing done dont
    down during e each eg eight either else elsewhere enough especially etc even ever every everybody everyone
    everything everywhere f far few five for four from further g gave get gets getting give given gives go goes
    going gone got h had hadnt has hasnt have havent having he hed her here hereby herein hers herself hes him
    himself his how howbeit however i id ie if ill im in indeed inside instead into is isnt it itd itll its itself
    ive j just k kind l let lets like likely ll m made mainly make makes making many may maybe me mean means meant
    might mightnt mine more moreover most mostly much must mustnt my myself n namely near nearly need needs neither
    never nevertheless next nine no nobody none nonetheless noone nor not nothing now nowhere o of off often oh ok
    okay on once one ones only onto or other others otherwise ought our ours ourselves out outside over own p part
    per perhaps please put q quite r rather re really regarding s said same say saying says see seem seemed seeming
    seems seen seven several shall she shed shell shes should shouldnt since six so some somebody somehow someone
    something sometime sometimes somewhere still such t take taken takes taking tell ten than thank thanks that
    thatll thats the thee their theirs them themselves then thence there thereafter thereby therefore therein theres
    thereupon these they theyd theyll theyre theyve thing things this thou those though three through throughout
    thru thus till to together too took toward towards two u un under unless unlike until unto up upon us use used
    useful uses using usually v various ve very via vs w want wants was wasnt way ways we wed well went were werent
    weve what whatever whats when whence whenever where whereafter whereas whereby wherein whereupon wherever
    whether which while whither who whoever whole whom whos whose why will with within without wont would wouldnt x
    y yes yet you youd youll your youre yours yourself yourselves youve z called name named tell explain describe
    happen happened happening happens
    """.split()  # noqa: SIM905 - three hundred words read better as lines than as quoted items
)
