import { words } from "./patterns.ts";

/**
 * Given names of many cultures, in lower case. A list, because nothing else tells “Priya changed it” from
 * “Redis changed it”. Names that are also products of AI stand in `actor-words.ts`.
 */
const names = words(`
  aadhya aaliyah aarav aaron abby abdul abdullah abeba abebe abena abhishek abigail abu achieng
  adaeze adam ade adebayo adel adele adeline ademola aditi aditya adnan adrian adriana advait afia
  agata agnes agnieszka ahmad ahmed ahmet aidan aiden aigerim aiko aino aisha ajay ajit akane
  akash akemi akin akira akosua akua alaa alain alan alana alasdair alban albert alberto albin
  alejandra alejandro aleksandr aleksandra aleksi alem alena alessandra alessandro alessia alex
  alexander alexandra alexei alexis alfie alfonso alfred alia alice alicia alina aline alisha
  alison alistair aliyah allison alma aloysius althea alva alvaro alyona alyssa amadou amal amalia
  amanda amandine amara amaya ambrose amelia amelie amina aminata amine amir amirah amit amy ana
  anahi anahit anand ananya anastasia anders andre andrea andreas andreea andrei andres andrew
  andy aneta angela angelica angelique angelo angus anika aniket anil anisha anita anja anjali
  anke ankit ankita ann anna annabel annalena anne anneke annelies annemarie annette annie annika
  anong ansel anselm ansh anthea anthony antje antoine anton antonia antonio antti anurag anushka
  anwar anya aoi aoife aparna arash archie aria ariana arianna ariel arif arjun arlo arman armando
  arne arnold arsen artem arthur arto arturo arturs arun arvid arvind aryan asad asha asher ashley
  ashok ashwin asif aslak asma assaf astrid atif atsuko audrey aurelie aurora ava avery avi aviv
  axel ayaka ayan aybuke ayesha aylin ayo ayse ayumi azadeh azeem aziz azra babak badr bala balazs
  baptiste barbara barry bartosz bashir basti bastian beata beatrice beatriz becky bekele bella
  benedikt benjamin benny benoit berk bernadette bernard bernardo bernd bert beth bethan bettina
  bhavna bianca bilal birgit birgitta birte bjarne bjorn blaise blake blanca bodil bogdan bohdan
  bojan bongani bonnie boris borja bozena brad bradley brandon brenda brendan brett brian brianna
  bridget brielle brigid brigitte britta brody bronwyn bruna bruno bryan bryce bukola burak byron
  caio caitlin caleb callum cameron camila camille candice carina carl carla carlo carlos carmela
  carmen caroline carsten carys casey caspar cassandra catalina caterina catherine cathy cecilia
  cedric celeste celia celine cem chandra chantal charles charlie charlotte chelsea chen cheng
  chenoa cheryl chiara chidera chidi chika chin chinedu chinonso chioma chipo chitra chloe chris
  christa christelle christer christina christine christoph christopher chukwuma ciara claire
  clara clarissa claudia claudio claus clay clement cody colin connor conor conrad constantin cora
  corinna corinne cormac craig cristian cristiano cristina curtis cynthia cyril cyrus dagmar dagny
  daisuke daisy dalia damian damien damilola damir dana danica daniel daniela danielle danny dante
  danuta daphne daria dario darius darko darnell darren darya daryl dave davi david davide davit
  davood dawit dayo debbie deborah declan deepa deepak deepika deirdre delia delilah delphine
  demetrius denis denise deniz dennis derek deshawn desmond detlef deven devi devon dewi dhruv
  diana diarmuid didier diego dieter dilan dilara dilip dimitra dimitri dina dinesh dion dirk
  divya diya dmitri dmitry doaa dolores domenico dominic dominik dominika donald donna doreen
  dorian doris dorota dorothea douglas dragan duc duncan dusan dwayne dylan easton ebru edgar
  edith edmund edna edoardo eduardo edward edwin eero efe efua eileen eilidh eitan ekaterina ekow
  elaine eldar eleanor elena eleni eli eliana elias elif elijah elin elina elisa elisabeth elise
  eliza elizabeth elke ella ellen ellie elliot elliott ellis elmar elodie eloise elsa elspeth
  elvira emad emanuel emanuele ember emeka emer emerson emery emil emilia emilie emily emine emma
  emmanuel emmy emre endre enrique enzo eric erica erick erik erika erin ernesto erwin eryk esra
  esteban estelle esteve esther ethan ethel etienne eugene eunice eva evangelos evelyn everly ewa
  ewan eyal ezequiel ezra fabian fabio facundo fadi faisal faiza farah farai farhad farid farrukh
  fatema fatemeh fatima fatma fatou faye federico felicity felipe felix femi feng ferdinand fergus
  fernanda fernando ffion filip filippo finley finn fiona fiorella fleur florence florian folake
  francesca francesco francisco franco francois franziska fraser frauke fred freddie frederik
  fredrik freya friedrich fritz fumiko gabor gabriel gabriela gabriella gabrielle gael gage gaia
  galina ganesh gareth garrett gary gaspard gaurav gauri gavin geeta genevieve geoff george
  georgia georgios gerald gerard gerd gerda gerhard ghassan giacomo gianluca gianna gideon gilbert
  giorgi giorgia giorgio giorgos giovanni gisela gitta giulia giuseppe glenn gloria godfrey
  gonzalo gopal goran gordon graham grainne grayson grazyna greg gregor greta guadalupe gudrun
  guido guillaume gulnara gulsen gunnar gustav gustavo gwen gyula habib hadiza hadley hafsa haifa
  hailey hakan hakim hala halima halyna hamad hamid hamish hamza hana hank hanna hannah hannes
  hans hao harald harini haris harley harper harriet harsh harshita hartmut haruka haruki haruto
  hasan haseeb hassan hatice hayden hazel heather hector hedda hedwig heidi heike heiko heinrich
  heinz heitor helen helena helga helmut hemant hendrik henning henri henrik henry herbert hernan
  herve hideo hieu hikaru hilda hina hiro hiroko hiroshi hisham hitomi holger holly howard hubert
  hugo huong hussein hyejin hyun ian ibrahim ibtissam ida idris ifeoma ignacio igor iker ilan
  ilaria ileana ilja ilona ilse imani imke imogen imran inaya indira ines inga inge ingeborg ingo
  ingrid ioana ioannis irene irfan irina irma isaac isabel isabella isabelle isaiah isha ishaan
  ishita isidro isla ismael ismail istvan itai iva ivan ivana ivar iveta ivo iwona izabela jaap
  jacek jacob jacqueline jacques jad jada jagdish jaime jaimie jakob jakub jalal jamal james jamie
  jamila jana jane janelle janet janina janine jannik janos jarek jaroslav jaroslava jasmin
  jasmine jason javier jaya jayden jayesh jean jeanette jeanne jeff jeffrey jelena jelle jennifer
  jenny jens jeremy jeroen jerome jerry jerzy jesper jesse jessica jesus jia jiahao jiayi jiho
  jill jim jimin jimmy jing jiri jitka joachim joan joanna joao joaquin jocelyn jochen jodie jody
  joel joelle johan johana johann johanna johannes john johnny jolanta jomar jon jonah jonas
  jonathan jonny joon jordan jorg jorge jorgen jose josef josefina josep joseph josephine joshua
  josie jovana jozef juan juanita judith juha juhani jukka julia julian juliana julie julien
  juliet julio julius jurgen justin justyna jutta kaan kacper kadir kai kaito kaja kalle kalpana
  kamal kamala kamau kamil kamran kaori karan kareem karel karen kari karim karin karina karl
  karla karol karolina karsten kasia kasper katalin katarina katarzyna kate kateryna katharina
  katherine kathi kathleen kathrin kathy katie katja katrin katrina kavita kavya kaya kaylee
  kayode kazuki kazuo keiko keisha keith kelechi kelly kelvin kemal kemi kendra kenji kenneth
  kenta kenya kerstin kevin khadija khaled khalid khanh kiara kieran kieron kimberly kinga kinsley
  kiran kirsten kirsty kiyoshi klara klaus klemens koen kofi koji kojo konrad konstantin kostas
  krishna kristen kristian kristin kristina kristof krzysztof kseniya kumar kunal kurt kwabena
  kwaku kwame kwesi kyle kyoko lachlan laia laila lakshmi lamar lamia lara larissa lars laszlo
  latif latoya laura lauren laurens laurent laurie lavanya layla leah leandro leen leif leila
  leilani lena lenka lennart leo leon leonard leonardo leonie leonora leopold lerato leroy lesley
  leslie leticia levan levent levi lewis liam lian lida lidia liesel lieven lila lili lilian
  lillian lin lina linda lindiwe linh linnea linus lionel lisa lisbeth liu livia livio lize
  ljubica logan loic lorcan lorena lorenzo lorna lorraine lothar lou louis louise lubna luc luca
  lucas lucia luciana lucie lucinda lucio lucy ludmila ludovic ludwig luigi luis luisa luka lukas
  luke luna luuk lydia lyn lyndon maarten mabel maciej mackenzie macy madeleine madeline madelyn
  madhuri madison madoka mads mael magda magdalena magnus mahdi mahesh mahmoud maike mairead maite
  maja majid makena makoto malgorzata malik malina mallory mamadou mandla manfred manish manu
  manuel manuela maple mara marc marcel marcela marcelle marcelo marcin marco marcos marcus marek
  margaret margarita margaux margit margot maria mariah mariam mariana marianne maricel marie
  marijke marina mario marion marisa marisol maritza marius marjan marko markus marlene marlon
  marsha marta martha martin martina marvin marwan mary maryam marzena masato masha mateo mateus
  mathew mathias mathieu mathilde matias matilda matteo matteus matthew matthias maureen maurice
  mauricio mauro maxim maxime maximilian maya mayra mayumi meera megan mehdi mehmet mehwish mei
  meike melanie melinda melissa melvin mercedes mercy meryem mette micah michael michaela michal
  michel michele michelle mick mieke miguel mihaela mihai mika mikael mike mikhail mikkel mikko
  mila milada milan mildred milena milica millie milos mina mindaugas minh minjun miranda mireille
  mirela miriam mirko miroslav misaki mitchell mitsuko miyuki mohamed mohammad mohammed mohan
  mohini moira molly mona monica monika montse morag morgan moritz moses moshe muhammad muna murat
  mustafa mustapha mykola myra myriam myrto nabil nada nadezhda nadia nadine nadir nadja naima nam
  nana nanami nandini naoki naoko naomi narayan narges nasrin nasser natalia natalie natan
  natascha natasha nathalia nathan naveed naveen navid nawal ned neelam neema neha neil nele
  nelson nenad nevaeh nevena ngozi nguyen nguyet nia niamh nicholas nicklas nicola nicolas nicole
  nicolette nidhi niels nigel nikhil nikita niklas niko nikola nikolai nikolaos nikos niloufar
  nils nilufar nimesh nina niraj niran niranjan nisha nitin nivedita njeri njoki nkechi noah noam
  nobuko noel noelia noemi nolan nomsa nomvula noor nora norbert noriko norman nour nuno nuria
  nursultan nusrat obinna octavia odette odile ofelia okan oksana olaf ole oleg olena olga oliver
  olivia olivier ollie olu oluwafemi oluwaseun oluwatobi om omar omari onur orla orlando ornella
  orsolya oscar oskar osman oswald otieno otto oumar ousmane owen pablo padraig paisley palesa
  pallavi pamela pankaj paola paolo parisa parth pascal pascale patience patrice patricia patrick
  patrik patty paul paula paulina pauline paulo pavel pavla pavlos pawel payal pedro pekka
  penelope pernille perry petar pete peter petr petra peyton philip philipp philippa philippe
  phillip phoebe pierre pilar pinar piotr pooja poonam prabhu pradeep prakash pranav prasad pratik
  praveen preeti prisca priscilla priya priyanka prosper puja punit putri qasim quang quentin
  quinn rabia rachel rachelle radek radha radmila rafael rafaela raffaele raghav ragnhild raheem
  rahul raimund rainer raj raja rajan rajesh rajiv rakesh ralf ralph raluca ramesh rami ramiro
  ramon ramona rana randall rania ranjit ranveer raquel rasa rashad rashid rasmus raul ravi
  raymond rebecca reem reese reggie regina regine rehema reiko reinhard reinhold rekha remi rena
  renata renate renaud rene reuben reza rhea rhys rianne ricarda ricardo riccardo richa richard
  riley rina risa rita ritu rivka riya rizal rizky robbie robert roberta roberto rocio rodrigo
  roger rohan rohit roland rolf roma romain romy ronald ronan ronja ronnie rory rosa rosalie
  rosalind rosario roshan rosie ross rostislav rowan roxana roya ruben rudolf ruediger rukmini
  rupa rupert russell rustam rutger ruth ryan rylee saad saanvi sabine sabri sabrina sacha sachin
  sadia sadie saeed safiya sahar sahil sai saida sakura salim salma salman salome salvador saman
  samantha samar sami samir samira samuel sana sandeep sandra sanjay sanna sanne santiago saori
  sara sarah sarita sasa sasha satish satoru satoshi saul savannah savita scott sean sebastian
  selam selena selim selma senthil seojun serena serge sergei sergey sergio seth seung seynabou
  shabnam shahid shaima shalini shane shanice shankar shannon shanti sharif sharmila sharon shaun
  shawn shayan sheila sheldon shelley sherry shigeru shinji shinya shira shirin shivani shiyu
  shoko shreya shruti shu shweta sian sibusiso sibylle siddharth sidney sigrid sigurd silas silke
  silvan silvia simon simona simone simran sina sindhu sinead siobhan sipho sissel siv siya skylar
  skyler slavko slobodan smita sneha snehal sofia sofiane sofie solange soledad solomiia solveig
  somchai sonali sonia sonja sophia sophie soraya soren sota soyeon srinivas stacy stan stanislav
  stefan stefania stefanie stefano steffen steffi stella stephan stephanie stephen steve steven
  stig stina stuart sudha suhail sujata sukhdeep suleiman sumaya sumit sunil sunita sunniva suraj
  suresh surya susan susana susanne sushant suzanne sven svenja svetlana swantje swapna swati
  sybille sylvain sylvia sylvie szymon tadas tadeusz tahir taiwo takashi takeshi takumi talia
  tamar tamara tamas tamika tamuna tanisha tanja tanvi tanya tara taras tarek tareq tariq tariro
  tarun tasha tatiana tatjana tatsuya taylor tea teddy temitope tendai teo terence teresa teresita
  terrence tesfaye tessa thabo thaddeus thalia thandi thao themba theo theodor theodora theodore
  theresa therese theresia thiago thierry thilo thomas thomasz thorsten thuy tiago tiana tiffany
  tigran tiina tilda tilman tim timo timothy timur tina tinashe tjeerd tobi tobias todd tolga tom
  tomas tomasz tomislav tommy tomoko toni tony torsten toshi tove toyin tracy trang travis trevor
  trine tristan trond tuan tudor tunde tunji tyler tyrell tyrone uche udo ugo ulf ulrich ulrike
  uma umar umberto umesh unai uriel ursula usha uta uwe uzma vaclav vadim valentin valentina
  valentine valeria valerie vandana vanessa varun vasant vasilis vasily vasyl vaughan veena velma
  venkat vera verena vernon veronica veronika vesna vibeke vicente victor victoria vidya vihaan
  vijay vikas vikram viktor viktoria vilma vinay vincent vincenzo vineet vinod viola violeta
  virgil virginia vishal vishnu vita vito vitor vitoria vittoria vivian vivienne vlad vladimir
  vladislav vojtech volker vuk vusi wade waleed walid walter wambui wanda wangari wanjiru warren
  wayan wei wen wendy wenjing werner wiebke wiktor wilfried wilhelm william wilma winnie winston
  wojciech wojtek wolf wolfgang wyatt xavier xenia xiang xiao xiaoming ximena xin xiu xochitl yael
  yahya yan yana yann yannick yannis yara yash yasin yasmin yasmine yasuko yejin yemi yewande ying
  yoko yolanda yonas yosef yoshiko yousef youssef yousuf yuan yui yuka yuki yukiko yulia yumi
  yunus yuri yusra yusuf yuto yvette yvonne zach zachary zahir zahra zainab zaki zanele zara
  zdenek zeina zelda zeynep zhang zhanna zhi zia zineb ziyad zlatan zoe zofia zola zoltan zora
  zsofia zubair zuberi zuri zuzana`);

/** Names that are words as well: only with a capital letter, and not where every sentence begins with one. */
const capitalized = words(`
  agus ali ama anh bao ben bill binh bo bob bola brent budi carol carrie carter chad chao chase
  cliff cole cuong dae dan dawn dean desta don dong drew duy ed eve faith fang frank gene grace
  guo hai harry hoa hope hui hunter ivy jack jade jake jay jess ji jie jo joe josh joy juma jun
  ken kennedy kim kun lan lance laurel lee lei leigh li liang lilly liv liza mai malee mark mason
  mats matt max melody mia miles ming mo nam nat nick ning nino noa olive pam pari parker pat
  peggy peng penny phil phuong piper ploy poppy qiang qing quan radka ray ren rick rin rob robin
  rod rong rose rui sade sage sal sally sam sandy seo shan sheng sid soo sue tao ted terry tess
  thanh tia tin ting trudy uli ute val vic violet vy wang woo xi yi yong yu yue yun zack zane zhen
  zhou`);

/** Whether a word, as it was written, is a given name; `Tom`, `tom`, `Mei-Ling`, `Tom's` with its ending cut off. */
export function isGivenName(word: string): boolean {
  const lower = word.toLowerCase();
  if (isListed(lower, word !== lower)) return true;
  if (/^[a-z]+$/.test(lower)) return false;
  const [first = "", second] = lower.normalize("NFKD").replaceAll(/\p{M}/gu, "").split("-");
  if (second === undefined) return isListed(first, word !== lower);
  return /^\p{Lu}\p{Ll}+-\p{Lu}/u.test(word) && isListed(first, true);
}

function isListed(name: string, isCapitalized: boolean): boolean {
  return names.has(name) || (isCapitalized && capitalized.has(name));
}
