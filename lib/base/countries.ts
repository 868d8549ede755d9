/** Countries as people write them, and their codes. */

/**
 * The codes of ISO 3166-1: two letters, then the three that mean the same. Kosovo has none of ISO's; post and shops
 * use these.
 */
const CODES = [
	'ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE',
	'BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS',
	'BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN',
	'COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST',
	'EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF',
	'GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD',
	'HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM',
	'JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA',
	'LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD',
	'MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM',
	'NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG',
	'PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA',
	'SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD',
	'STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON',
	'TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR',
	'VNVNM VUVUT WFWLF WSWSM XKXKX YEYEM YTMYT ZAZAF ZMZMB ZWZWE',
]
	.join(' ')
	.split(' ');

/** Two letters by three. */
const BY_THREE = new Map(CODES.map((code) => [code.slice(2), code.slice(0, 2)]));

const TWO = new Set(BY_THREE.values());

/** Two letters that ISO does not use, and that mean one country to everybody; AC and TA are Shopify's [documented]. */
const OTHER_CODES: Readonly<Record<string, string>> = { AC: 'SH', EL: 'GR', TA: 'SH', UK: 'GB' };

/** Languages whose names of countries are known; the first are those of this package. */
const LANGUAGES = [
	'en',
	'zh-Hans',
	'zh-Hant',
	'de',
	'es',
	'fr',
	'it',
	'ja',
	'ko',
	'nl',
	'pt',
	'ru',
	// Spoken in one country each, whose people write its name so
	...['cs', 'da', 'el', 'fi', 'hr', 'hu', 'nb', 'pl', 'ro', 'sk', 'sl', 'sv'],
];

/** Usual names that Unicode's lists do not have, by code. */
const USUAL_NAMES: Readonly<Record<string, string>> = {
	AE: 'UAE,U.A.E.',
	BA: 'Bosnia',
	BN: 'Brunei Darussalam',
	BO: 'Plurinational State of Bolivia',
	BQ: 'Bonaire Saint Eustatius and Saba,Bonaire Sint Eustatius and Saba',
	CD: 'DR Congo,DRC,Democratic Republic of the Congo,Congo The Democratic Republic of the,Congo (Kinshasa)',
	CG: 'Republic of the Congo,Congo (Brazzaville)',
	CI: 'Ivory Coast',
	CN: "PRC,P.R.C.,P.R. China,PR China,People's Republic of China,Mainland China,中华人民共和国,中国大陆",
	CV: 'Cabo Verde',
	CZ: 'Czech Republic,Česká republika',
	FK: 'Falkland Islands (Malvinas)',
	FM: 'Federated States of Micronesia',
	GB: 'U.K.,Britain,Großbritannien,Great Britain,Gran Bretaña,Grande-Bretagne,Gran Bretagna,England,Scotland,Wales,Northern Ireland,United Kingdom of Great Britain and Northern Ireland',
	GS: 'South Georgia/Sandwich Islands',
	HK: 'Hong Kong,Hong Kong SAR,香港,中国香港,中國香港,香港特别行政区,香港特別行政區',
	HM: 'Heard Island and McDonald Islands',
	IE: 'Republic of Ireland,Ireland (Republic)',
	IR: 'Islamic Republic of Iran',
	KP: "Democratic People's Republic of Korea",
	KR: 'Republic of Korea,Korea South',
	LA: "Lao People's Democratic Republic,Lao",
	LY: 'Libyan Arab Jamahiriya',
	MD: 'Republic of Moldova',
	MF: 'Saint Martin (French part)',
	MK: 'Macedonia,Republic of North Macedonia,The former Yugoslav Republic of Macedonia,FYROM',
	MM: 'Burma,Myanmar',
	MO: 'Macao,Macau,Macao SAR,Macau SAR,Macau SAR China,澳门,澳門,中国澳门,中國澳門',
	NL: 'Holland,Holanda',
	PN: 'Pitcairn',
	PS: 'Palestine,State of Palestine,Palestinian Territory,Occupied Palestinian Territory,Palestinian Territory Occupied',
	PW: 'Belau',
	RU: 'Russian Federation',
	SA: 'KSA,Kingdom of Saudi Arabia',
	SH: 'Saint Helena Ascension and Tristan da Cunha,Ascension Island,Tristan da Cunha',
	SK: 'Slovak Republic',
	SX: 'Saint Martin (Dutch part),Sint Maarten (Dutch part)',
	SY: 'Syrian Arab Republic',
	SZ: 'Swaziland',
	TL: 'East Timor',
	TR: 'Turkey,Türkiye',
	TW: 'Taiwan Province of China,Taiwan R.O.C.,中国台湾,中國台灣,臺灣',
	TZ: 'United Republic of Tanzania',
	UM: 'United States (US) Minor Outlying Islands',
	US: 'U.S.,EE.UU.,EUA,U.S.A.,United States of America,Vereinigte Staaten von Amerika,Estados Unidos de América,США,アメリカ',
	VA: 'Vatican,Holy See,Holy See (Vatican City State)',
	VC: 'Saint Vincent and the Grenadines',
	VE: 'Bolivarian Republic of Venezuela',
	VG: 'Virgin Islands British',
	VI: 'Virgin Islands US',
	VN: 'Viet Nam',
};

/** A name as it is compared: without accents, case, blanks, marks and article, since people differ in all of them. */
const bare = (name: string) =>
	name
		.normalize('NFKD')
		.toLowerCase()
		.replaceAll('&', 'and')
		.replace(/\bst\. /, 'saint ')
		.replace(/[^\p{L}\p{N}]/gu, '')
		.replace(/^the|the$/g, '');

/** Codes by bare name; a name of two countries is no country's. Made on first use, as nearly all orders have a code. */
let names: ReadonlyMap<string, string> | undefined;

function allNames(): ReadonlyMap<string, string> {
	const known = new Map<string, string>();
	const add = (name: string, code: string) => {
		const key = bare(name);
		known.set(key, (known.get(key) ?? code) === code ? code : '');
	};
	for (const language of LANGUAGES) {
		// Not the short ones: in some languages these are letters like EU
		const inLanguage = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
		for (const code of TWO) add(inLanguage.of(code) ?? code, code);
	}
	// Two countries, of which some languages call only one so
	known.set('congo', '');
	for (const [code, usual] of Object.entries(USUAL_NAMES)) {
		for (const name of usual.split(',')) {
			add(name, code);
			// As ISO sorts them: "Iran, Islamic Republic of"
			const [kind, country] = name.split(' of ');
			if (country !== undefined) add(`${country}, ${kind} of`, code);
		}
	}
	return known;
}

/**
 * A country's code of two letters (ISO 3166-1), in capitals, from that code in any case, the code of three letters,
 * or a usual name in one of the {@link LANGUAGES}.
 *
 * @returns undefined if the text can't be told to mean one country
 */
export function countryCode(text: string): string | undefined {
	const code = text.normalize('NFKC').trim().toUpperCase();
	if (TWO.has(code)) return code;
	const known = OTHER_CODES[code] ?? BY_THREE.get(code);
	if (known !== undefined) return known;
	names ??= allNames();
	return names.get(bare(text)) || nameBesideCode(text);
}

/** Of "Australia (AU)" and "AU - Australia", where both mean the same. */
function nameBesideCode(text: string): string | undefined {
	const parts = text.split(/ - |[()]/).filter((part) => part.trim() !== '');
	if (parts.length !== 2) return undefined;
	const [one, other] = parts.map(countryCode);
	return one === other ? one : undefined;
}
