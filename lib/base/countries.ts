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

/** Two letters that ISO does not use, and that mean one country to everybody. */
const OTHER_CODES: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

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
];

/** Usual names that Unicode's lists do not have, by code. */
const USUAL_NAMES: Readonly<Record<string, string>> = {
	AE: 'UAE,U.A.E.',
	BA: 'Bosnia',
	BN: 'Brunei Darussalam',
	CD: 'DR Congo,DRC,Democratic Republic of the Congo',
	CG: 'Republic of the Congo',
	CI: 'Ivory Coast',
	CN: "PRC,P.R.C.,P.R. China,PR China,People's Republic of China,Mainland China,中华人民共和国,中国大陆",
	CV: 'Cabo Verde',
	CZ: 'Czech Republic',
	GB: 'U.K.,United Kingdom (UK),Britain,Großbritannien,Great Britain,England,Scotland,Wales,Northern Ireland,United Kingdom of Great Britain and Northern Ireland',
	HK: 'Hong Kong,Hong Kong SAR,香港,中国香港,中國香港',
	IE: 'Republic of Ireland',
	IR: 'Islamic Republic of Iran',
	KR: 'Republic of Korea,Korea South,Korea Republic of',
	LA: "Lao People's Democratic Republic,Lao",
	MD: 'Republic of Moldova',
	MK: 'Macedonia',
	MM: 'Burma,Myanmar',
	MO: 'Macao,Macau,Macau SAR,澳门,澳門,中国澳门,中國澳門',
	NL: 'Holland,The Netherlands',
	PH: 'The Philippines',
	PS: 'Palestine,State of Palestine',
	RU: 'Russian Federation',
	SY: 'Syrian Arab Republic',
	SZ: 'Swaziland',
	TL: 'East Timor',
	TR: 'Turkey,Türkiye',
	TW: '中国台湾,中國台灣,臺灣',
	TZ: 'United Republic of Tanzania',
	US: 'U.S.,United States (US),EE.UU.,EUA,U.S.A.,United States of America,The United States,The United States of America',
	VA: 'Vatican',
	VN: 'Viet Nam',
};

/** A name as it is compared: without accents, case, blanks and marks, since people differ in all of them. */
const bare = (name: string) =>
	name
		.normalize('NFKD')
		.toLowerCase()
		.replaceAll('&', 'and')
		.replace(/[^\p{L}\p{N}]/gu, '');

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
		for (const name of usual.split(',')) add(name, code);
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
	return names.get(bare(text)) || undefined;
}
