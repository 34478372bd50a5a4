/* Sentences with their stances marked; see test_claim.c. Made up for the test. */
/* plain verbs */
"<a Russia> <opposes rejected> the <p peace plan>.",
    "<a Hungary> <opposes has vetoed> the <p aid package>.",
    "<a Brazil> <accepts signed> a <p trade agreement> with China.",
    "<a Peru> <supports welcomed> the <p ceasefire>.",
    "<a Japan> <proposes proposed> a <p summit>.",
    "<a Chile> <discusses is considering> <p new sanctions>.",
    "<a Kenya> <demands demanded> an <p apology>.",
    "<a Iran> <threatens threatened> <p retaliation>.",
    "<a France> and <a Italy> <supports backed> the <p proposal>.",
    /* phrasal verbs, also parted */
    "<a Norway> <opposes turned down> the <p offer>.",
    "<a Denmark> <opposes has ruled out> <p direct talks>.",
    "<a Turkey> <proposes put forward> a <p compromise>.",
    "<a Egypt> <demands called for> a <p ceasefire> in Sudan.",
    "<a Spain> <demands is pressing for> <p reforms>.",
    /* verb phrases as proposals */
    "<a Russia> <accepts agreed> to <p withdraw its troops>.",
    "<a Canada> <proposes pledged> to <p send observers>.",
    "<a Poland> <opposes refused> to <p reopen the border>.",
    "<a Iran> <threatens threatened> to <p close the strait>.",
    "<a Germany> <demands urged> <t Serbia> to <p recognise Kosovo>.",
    "<a Ukraine> <demands called on> <t Poland> to <p deliver its tanks>.",
    "<a China> <demands asked> <t Japan> to <p release the fishermen>.",
    /* through a verb to what it is done with */
    "<a Israel> <accepts agreed> to sign the <p truce>.",
    "<a India> <demands urged> <t Pakistan> to accept the <p proposal>.",
    "<a Cuba> <opposes refused> to implement the <p resolution>.",
    /* passives */
    "The <p proposal> was <opposes rejected> by <a Serbia>.",
    "A <p draft resolution> <proposes tabled> by <a France> is on the agenda.",
    "The <p deal> has been <accepts approved> by <a Mexico>.",
    /* relative clauses, participles */
    "The <p treaty>, which <a Russia> has long <opposes opposed>, enters into force in May.",
    "<a Armenia>, which lost the war, <accepts accepted> the <p ceasefire>.",
    "<a Sweden> left the talks, <opposes rejecting> the <p compromise>.",
    /* nouns */
    "<a Ankara>'s <opposes rejection> of the <p proposal> came on Monday.",
    "<a Russia> <opposes reiterated its opposition to> the <p deployment>.",
    "A <a French> <demands request> for <p military aid> is under study.",
    /* predicates */
    "<a Mali> <proposes is ready> to <p hold elections>.",
    "<a Austria> is <opposes against> the <p embargo>.",
    "<a Ghana> is <supports in favour of> the <p reform>.",
    "<a Finland> is <opposes reluctant> to <p send troops>.",
    /* negation keeps the label, refusal has its own */
    "<a Ireland> did not <accepts accept> the <p compromise>.",
    "<a Ireland> has not <opposes ruled out> a <p referendum>.",
    /* modals */
    "<a Latvia> <proposes will> <p visit Warsaw>.",
    /* other domains */
    "The <a union> <opposes rejected> the <p pay offer>.",
    "<a Microsoft> <accepts agreed> to <p buy the company>.",
    /* reported */
    "<a Egypt> said that <t Ethiopia> <demands must> <p stop the project>.",
    /* two cues, one subject */
    "<a Georgia> <opposes rejected> the <p plan> and demanded new talks.",
    "Georgia rejected the plan and <a Moldova> <supports welcomed> the <p idea>.",
    /* plain facts are no stances */
    "Germany is a country in Europe.", "The river flows through France and Belgium.",
    "The committee met in Geneva in 1998.",
    /* what follows a noun, and nouns that stand for it */
    "<a Norway> <demands urged> <t Denmark> to <p extend the ban>.",
    "<a Malta> <opposes rejected> calls for an <p early election>.",
    "<a Cyprus> <supports welcomed> the prospect of <p new talks>.",
    "The <p truce> <accepts between> <a Israel> and <a Egypt> holds.",
    /* answers, judgements, offers to somebody */
    "<a Croatia> <proposes offered> <t Slovenia> a <p compromise>.",
    "<a Japan> called the <p proposal> a <opposes mistake>.",
    /* "by" and conditions stand beside, not in the way */
    "<a Iraq> <accepts will sign> the <p deal> only if Iran withdraws its troops.",
    "According to Reuters, <a Qatar> <opposes rejected> the <p draft>.",
    /* a list of what is demanded */
    "<a Sudan> <demands demanded> a <p ceasefire> in Darfur and the <p withdrawal> of all troops.",
    /* two verbs share a subject over an aside */
    "<a Kosovo>, Serbia says, <opposes rejected> the <p agreement>.",
    /* predicates that look like verbs; other links than be */
    "<a Honduras> <proposes is willing> to <p withdraw its troops>.",
    "<a Norway> remains <opposes opposed to> the <p ban>.",
    "<a Oslo> <threatens warned> that it would <p retaliate against any country> in the pact.",
    /* what a speaker will do himself */
    "Peru said <a it> <proposes would> <p free 300 prisoners>.",
    "<a Nigeria> <proposes will> <p send observers> and open an office.",
    "The <a United States> will gain access to the port.",
    /* conditions that demand, and those that do not */
    "<a Mali> will disarm <demands if> <t Niger> <p withdraws its troops>.",
    "<a Mali> will sue Niger <demands unless> <t it> <p reopens the border>.",
    "<a Mali> will not sign <demands until> <t Niger> <p releases the prisoners>.",
    "Niger closed the market if a storm came.",
    /* asides of time between a cue and its words */
    "<a Libya> <accepts agreed> on 18 September to <p lift the blockade>.",
    "<a Sudan> <demands appealed to> <t Egypt> on Friday to <p reopen the border>.",
    "<a Ukraine> on June 13 <opposes rejected> the <p proposal>.",
    /* a passive whose subject is a pronoun, an object before its clause */
    "<p It> was <accepts approved> by <a Canada>.",
    "The <p rescue>, which <a Somalia> <opposes refused> to authorise, is off.",
    /* for somebody to */
    "<a Egypt> <demands called for> <t Israel> to <p lift the blockade>.",
    /* the noun counts, not the verb that carries it */
    "<a Turkey> renewed an <demands appeal> to Belgium to <p extradite a militant>.",
    /* what the clause before said is left out */
    "France backed the <p plan>, <a Hungary> <supports did not>.",
    "Peru signed the <p treaty>, but <a Chile> has <accepts not>.",
    "Germany rejected the <p proposal>, and so <opposes did> <a Poland>.",
    "Germany rejected the <p proposal>, as <opposes did> <a Poland>.",
    "France did not accept the <p plan>, nor <accepts did> <a Spain>.",
    "France and Italy backed the <p plan>, while <a Hungary> <opposes vetoed>.",
    "<a Peru> <threatens threatened> to <p sue> if Chile did not.",
    /* a participle that opens the sentence; an infinitive inside the subject */
    "<opposes Rejecting> the <p proposal>, <a Chile> left the summit.",
    "A <p French proposal> to deploy troops was <opposes rejected> by <a Russia>.",
    /* what is asked for of something that is no actor */
    "<a Mali> <demands asked> for the cut to <p be reversed>.",
    "The <a council> <accepts agreed> by 14 votes to 9 to <p cut the grant>.",
    /* a base form behind "that" which is also a noun */
    "<a Peru> <demands demanded> that <t Chile> <p release the fishermen>.",
    /* a side that will be taken; a verb before a group */
    "The <a union> <supports pledged> to support the <p strike>.",
    "<a Israel> <opposes will not> <p release prisoners>.",
    /* dangers and other people's deeds are no threats */
    "Apple warns that sales are slowing.", "The government stressed the threat of floods.",
    "<a Peru> <accepts failed to agree> to <p share the water>.",
    "The resolution demanded <t Britain> <p return the islands>.",
    /* an apposition before who says it; what a noun's participle asks; judgements of two minds */
    "A third, the Tarn Fund, said <a it> <opposes would not> <p sell its shares>.",
    "<a Peru> submitted a petition <demands calling for> an <p embargo>.",
    "Angela Merkel described the treaty as regrettable but necessary.",
    /* its opposition is no group; what stands behind "called"; what "it" says ahead */
    "<a Hungary>'s <opposes opposition> to the <p sanctions> has angered Poland.",
    "<a Olaf Scholz> called the <p demand> <opposes absurd>.",
    "It would be a <opposes mistake> to <p lift the sanctions>, <a Donald Tusk> said.",
    "The EU's <p decision> to extend the sanctions was <opposes criticised> by <a Hungary>.",
    "Britain backed the <p resolution>, while <a China> <opposes voted against>.",
    "<a Kenya> <opposes voted 9-4 against> the <p resolution>.",
    "<a Kenya> <accepts voted 220 to 210 for> the <p resolution>.",
    "<a Israel> agreed to the truce on condition <demands that> <t Hamas> <p free all hostages>.",
    /* who goes somewhere to ask; a verb with a hyphen; a catastrophe threatens nobody here */
    "<a Kenya> sent envoys to Rome <demands to ask> <t Italy> for <p aid>.",
    "<a Peru> <demands urged> <t Iran> to <p co-operate with inspectors>.",
    "The Federal Reserve warns that the crisis will weaken the economy.",
    /* whose */
    "Its <p offer>, a freeze, was <opposes turned down> by <a Serbia>.",
