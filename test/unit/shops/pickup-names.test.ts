import { mayHaveNoParcel } from '../../../lib/shops/pickup-names';

// Names as shops and carriers write them: with the carrier's name, its locker or its counter a parcel has to go there
test.each([
	...['Free Shipping', 'Standard', 'Collect+', 'Royal Mail Click & Drop', 'Pickup Point'],
	...['Delivery - collection by courier', 'Pickup by courier', 'Abholung durch Spedition'],
	...['DHL Paket mit Abholung', 'DPD Pickup', 'Chronopost retrait en point relais'],
	...['Poczta – odbiór w punkcie', 'Correos: recogida en oficina', 'PostNord Hent selv'],
	...['Bring hentested', 'Posti Noutopiste', 'Afhentning i pakkeshop', 'Hent i GLS pakkeshop'],
	...['Australia Post Parcel Collect', 'USPS Local Delivery', 'Pickup at FedEx location'],
	...['Pick up at nearest Purolator', 'Click & Collect (Hubbed)', 'Pickup Mtaani'],
	...['Osobní odběr Balíkovna', 'Osobno preuzimanje na Tisak paket', 'Osebni prevzem Direct4me'],
	...[
		'Самовывоз из постамата',
		'Самовывоз из ПВЗ',
		'Самовывоз в почтовом отделении',
		'Вземи от магазин на Еконт',
	],
	...['Pickup from Nova Poshta', 'Pickup from UKRPOSHTA', 'Pickup from UKRPOSTA'],
	...['Pickup from Meest', 'Pickup at Matkahuolto', 'Pick up at Aramex office'],
	...['Pickup from Sendle', 'Pickup at JNE', 'Pickup in Cainiao', 'Pickup from SF Express store'],
	...['Pickup in Hi-Life store', 'Pickup at OK Mart', 'Osobní odběr na poště Česká pošta'],
	...['Retiro en sucursal Blue Express', 'Retiro en sucursal Servientrega'],
	...['Retiro en sucursal Interrapidísimo', 'Retiro en sucursal DAC'],
	...['Παραλαβή από κατάστημα ACS', 'Παραλαβή από κατάστημα ΕΛΤΑ', 'Gel Al Noktası'],
	...['איסוף עצמי מנקודת חלוקה', '店頭受取 (ヤマト営業所)', '超商取貨', '順豐站自取'],
])('sends a parcel by the method %p', (name) => {
	expect(mayHaveNoParcel([name])).toBe(false);
});

test.each([
	...['Click & Collect', 'Pickup - Main Street', 'Pickup at 12 Post Street', 'Curbside pickup'],
	...['Pickup, 2 Station Road', 'Will call', 'Customer collection', 'Warehouse collection'],
	...['Collect in person', 'Bei uns abholen', 'Abholung in Stuttgart', 'Hent selv'],
	...['Osobní odběr, Poštovní 3', 'Pickup - Poshtova 12', 'Pickup, bring your ID'],
	...['Selbstabholung Poststraße 3', 'Abholung, Postgasse 1', 'Самовывоз: ул. Почтовая, 3'],
	...[
		'Local pickup (Parcelles)',
		'Hent i butikken',
		'Afhentning',
		'Nouto',
		'Odbiór osobisty',
		'Самовывоз',
		'Local delivery',
	],
	...['Local delivery by our courier', 'Lokale Lieferung (Kurier)'],
])('asks at the method %p', (name) => {
	expect(mayHaveNoParcel([name])).toBe(true);
});
