import { type ShopEvent, shopEvent } from '../../../../lib/shops/order';
import { factsOf } from '../../../../lib/shops/events/visit';

const event = (shop: ShopEvent['shop'], ip: string, account: string): ShopEvent =>
	shopEvent.parse({
		event: 'order_paid',
		shop,
		order: { id: '1042', customer: { id: account }, device: { ip, session: null } },
	});
const ofShop = event('woocommerce', '210.20.10.33', '7');
const ofProvider = event('stripe', '210.20.10.99', 'cus_9s6XKzkNRiz8i3');

it('a payment provider does not make another customer of the one that the shop knows', () => {
	const known = factsOf(ofShop, undefined);
	expect(factsOf(ofProvider, known)).toMatchObject({ account: '7', ip: '210.20.10.33' });
});

it('it fills what the shop did not tell', () => {
	const known = { ...factsOf(ofShop, undefined), account: null };
	expect(factsOf(ofProvider, known)).toMatchObject({ account: 'cus_9s6XKzkNRiz8i3' });
});

it('a later webhook of the shop itself knows better', () => {
	const known = factsOf(ofShop, undefined);
	const later = event('woocommerce', '210.20.10.44', '8');
	expect(factsOf(later, known)).toMatchObject({ account: '8', ip: '210.20.10.44' });
});
