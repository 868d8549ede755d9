/**
 * Names of shipping methods by which no carrier gets a parcel: the customer collects it, or the shop drives it there
 * itself. A shop names its methods as it likes and a name may mislead, so a name alone only makes us ask.
 */
import { textOf } from './lenient';

/**
 * The customer comes for it. Bird Pickup & Delivery's names of a rate for that [documented], and ASSUMED, as shops
 * name it; in small letters, without signs.
 */
const COLLECTED: readonly string[] = [
	...['click collect', 'click and collect', 'click amp collect', 'click und collect'],
	...['local pickup', 'local pick up', 'store pickup', 'store pick up', 'shop pickup'],
	...['pickup in store', 'pick up in store', 'pickup at store', 'customer pickup'],
	...['pickup in person', 'pick up in person', 'self pickup', 'self pick up', 'warehouse pickup'],
	...['curbside pickup', 'curbside pick up', 'will call', 'customer collection'],
	...['warehouse collection', 'collect in person', 'collection in person'],
	...['store collection', 'shop collection', 'local collection', 'free collection'],
	...['collection from store', 'collection from shop', 'collection in store', 'collect from'],
	...['collect in store', 'self collect', 'self collection'],
	...['abholung', 'selbstabholung', 'abholer', 'selbstabholer', 'selbst abholen'],
	...['bei uns abholen', 'vor ort abholen', 'cueillette au magasin', 'cliquez et collectez'],
	...['retrait en magasin', 'retrait au magasin', 'retrait en boutique', 'retrait à la boutique'],
	...['retrait à l atelier', 'retrait sur place', 'retrait local'],
	...['recogida en tienda', 'recoger en tienda', 'recogida en local', 'recogida local'],
	...['retiro en tienda', 'retiro en local', 'retiro en sucursal', 'retiro en el local'],
	...['retiro en bodega', 'retiro local', 'recolección en tienda', 'recollida a la botiga'],
	...['ritiro in negozio', 'ritiro in sede', 'ritiro a mano', 'ritiro in magazzino'],
	...['area di ritiro', 'retirar na loja', 'retirada na loja', 'retirar em loja'],
	...['retirada em loja', 'retirar no local', 'retirada no local'],
	...['recolha na loja', 'recolha em loja', 'levantamento na loja', 'levantamento em loja'],
	...['afhalen', 'zelf ophalen', 'ophalen in de winkel', 'ophalen in winkel'],
	...['odbiór osobisty', 'odbiór własny', 'odbiór w sklepie', 'самовывоз', 'самовивіз'],
	...['osobní odběr', 'osobní vyzvednutí', 'vyzvednutí na prodejně', 'osobný odber'],
	...['osobno preuzimanje', 'lično preuzimanje', 'osebni prevzem', 'вземи от магазин'],
	...['személyes átvétel', 'ridicare personală', 'ridicare personala', 'ridicare din magazin'],
	...['mağazadan teslim', 'παραλαβή από το κατάστημα', 'παραλαβή από κατάστημα'],
	...['gel al', 'atsiėmimas parduotuvėje', 'saņemšana veikalā', 'poest järeletulemine'],
	...['hämta i butik', 'hämtas i butik', 'avhämtning', 'hent i butikk', 'hent i butik'],
	...['hent i butikken', 'hent selv'],
	...['afhentning', 'nouto myymälästä', 'nouto liikkeestä'],
	...['nhận tại cửa hàng', 'ambil di toko', 'ambil sendiri', 'รับที่ร้าน', 'รับเองที่ร้าน'],
	...['איסוף עצמי', 'استلام من الفرع', 'استلام من المتجر', 'تحویل حضوری'],
	...['방문 수령', '방문수령', '매장 픽업', '매장픽업', '매장 수령', '매장수령'],
	...[
		'到店自取',
		'门店自提',
		'门店自取',
		'門市自取',
		'店頭受取',
		'店頭受け取り',
		'店舗受取',
		'店舗受け取り',
	],
];

/** These mean it where a name begins with them: `Pickup - Main Street`. */
const BEGINNINGS: readonly string[] = ['pickup', 'pick up', 'collection'];

/** What means it only where nothing else is said; carriers collect, too, and have pickup points. */
const COLLECTED_ALONE =
	/^ (free )?(pickup|pick up|collection|collect|abholen|retrait|ritiro|retiro|recogida|ophalen|odbiór|nouto|自取|自提) $/;

/** The shop drives it there. ASSUMED: as Shopify and WooCommerce name theirs, and as shops translate it. */
const DRIVEN: readonly string[] = [
	...['local delivery', 'lokale lieferung', 'livraison locale', 'entrega local'],
	...['consegna locale', 'lokale bezorging', 'ローカルデリバリー', '同城配送'],
];

/** A carrier hands it out, or a chain of shops that does so for carriers: by what it is called, and by its name. */
const CARRIERS = new RegExp(
	[
		'locker|automat|постамат|points?\\b|punkt|punto?s?\\b|пункт|пвз|nokta|נקוד|relais|relay|station',
		'\\b(aus|b|in|ukr)?post|posht[au]\\b|pošt[aeiou]\\b|пошт|почт|郵便|ταχυδρομ|box\\b|box ?now|pakk?e(shop|boks)|\\bparcel(s?\\b|shop|box)|paketshop|paketomat',
		'collect ?(\\+|plus)|seven.?eleven|\\b7.?(11|eleven)|family ?mart|\\basda\\b|walgreens|hubbed|mtaani',
		'dhl|dpd|gls|\\bups\\b|\\busps\\b|fedex|purolator|\\bevri|hermes|parcelforce|mondial|colis|packeta|z[aá]silkovn|balíkovn',
		'\\btisak\\b|direct4me|omniva|econt\\b|еконт|speedy|спиди|cdek|сдэк|boxberry|яндекс|\\bacs\\b|ελτα|yalidine|bosta\\b',
		'correo|andreani|\\boca\\b|\\bdac\\b|blue ?express|chilexpress|starken|estafeta|servientrega|interrap[ií]d',
		'pudo|pargo|paxi|ヤマト|meest|matkahuolto|aramex|sendle|\\bjne\\b|cainiao|\\bsf express|\\bhi-?life\\b|\\bok ?mart\\b',
	].join('|'),
	'i',
);

/** A street may be called like what carriers have: `Station Road`, `Poststraße`. */
const STREETS =
	/\b(station|post|point) (road|rd|street|lane|avenue)\b|\bpost-?(str|gasse|platz|weg)|почтовая/giu;

/** Any carrier; it collects from the shop, or hands out. What the shop drives there may have a courier, too. */
const ANY_CARRIER = /courier|kurier|\bcarrier|spedition|freight|kargo/i;

/** Whether a text names a carrier, or a place where one hands out parcels. */
export const namesCarrier = (text: unknown): boolean =>
	CARRIERS.test((textOf(text) ?? '').normalize('NFC').replace(STREETS, ''));

/** Whether a carrier has part in what a text calls a collection or a pickup. */
export const isByCarrier = (text: unknown): boolean =>
	namesCarrier(text) || ANY_CARRIER.test(textOf(text) ?? '');

/** These put nothing between words, or grow at their ends. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Katakana}\p{sc=Thai}]/u;

/**
 * Whether a shipping method sounds as if no carrier got a parcel.
 *
 * @param names what the shop calls it, any of which may say so
 * @param others what else may tell the carrier that hands it out
 */
export const mayHaveNoParcel = (
	names: readonly unknown[],
	...others: readonly unknown[]
): boolean => names.some((name) => soundsSo(name, [...names, ...others]));

function soundsSo(name: unknown, all: readonly unknown[]): boolean {
	const text = (textOf(name) ?? '').normalize('NFC').toLowerCase();
	const words = ` ${text
		.split(/[^\p{L}\p{M}]+/u)
		.filter(Boolean)
		.join(' ')} `;
	const isAnyOf = (names: readonly string[]) =>
		names.some((one) => words.includes(UNSPACED.test(one) ? one : ` ${one} `));
	if ([words, ...all].some(namesCarrier)) return false;
	if (isAnyOf(DRIVEN)) return true;
	const isCollected =
		COLLECTED_ALONE.test(words) ||
		BEGINNINGS.some((one) => words.startsWith(` ${one} `)) ||
		isAnyOf(COLLECTED);
	return isCollected && !ANY_CARRIER.test(text);
}
