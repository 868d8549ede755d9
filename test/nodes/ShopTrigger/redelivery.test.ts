/** A delivery that comes again: once n8n has taken it, it starts nothing; in doubt it starts again. */
import type { INodeParameters } from 'n8n-workflow';
import { mkdirSync } from 'node:fs';
import { logLines } from '../../engine/host';
import type { WebhookServer } from '../../engine/webhook';
import { PLACES, removeFiles, usePlace } from '../../lib/register/places';
import { emptied } from '../../lib/register/tables';
import { having, until } from '../../observed';
import { deliver, holdUp, logSince, SECRET, shopifyOrder, useTriggers } from './shop';
import { registerFile } from '../../../lib/run/registers';

const openTrigger = useTriggers();
const send = async (trigger: WebhookServer, id = 'd-1', more: Parameters<typeof deliver>[3] = {}) =>
	await deliver(trigger, 'shopify', shopifyOrder(), { id, ...more });
const sendOther = async (trigger: WebhookServer, id: string) =>
	await deliver(trigger, 'shopify', shopifyOrder({ id: 2 }), { id });

describe.each(PLACES)('remembered in %s', (remember) => {
	const place = usePlace(remember);
	beforeEach(async () => await emptied(place.register()));
	const triggerFor = async (parameters: INodeParameters, more = {}) =>
		await openTrigger(
			{ remember, ...parameters },
			{ credentials: { shopWebhookApi: { secret: SECRET }, ...place.credentials() }, ...more },
		);

	it('starts the flow once, and says so', async () => {
		const trigger = await triggerFor({});
		expect((await send(trigger)).status).toBe(200);
		const again = await send(trigger);
		expect([again.status, again.text]).toEqual([200, expect.stringContaining('taken before')]);
		expect(trigger.started).toHaveLength(1);
		expect((await send(trigger, 'd-2')).text).toContain('taken before');
		await sendOther(trigger, 'd-3');
		expect(trigger.started).toHaveLength(2);
	});

	it('knows the id also where the shop words the delivery differently', async () => {
		const trigger = await triggerFor({});
		await send(trigger);
		expect((await sendOther(trigger, 'd-1')).text).toContain('taken before');
		expect(trigger.started).toHaveLength(1);
	});

	it('of ten at one moment one starts the flow, and all are answered 200', async () => {
		const trigger = await triggerFor({});
		trigger.store = async () => await until(() => trigger.received === 10);
		const answers = await Promise.all(Array.from({ length: 10 }, async () => await send(trigger)));
		expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
		expect(trigger.started).toHaveLength(1);
	});

	it('while n8n takes its time the shop is asked to come again, and then it is known', async () => {
		const trigger = await triggerFor({});
		const held = holdUp(trigger);
		const first = send(trigger);
		await until(() => held.count === 1);
		const second = await send(trigger);
		expect([second.status, second.headers.get('retry-after')]).toEqual([503, '60']);
		held.goOn();
		expect((await first).status).toBe(200);
		expect((await send(trigger)).text).toContain('taken before');
		expect(trigger.started).toHaveLength(1);
	});

	it('starts again what n8n did not take', async () => {
		const trigger = await triggerFor({});
		trigger.store = async () => await Promise.reject(new Error('the database is gone'));
		expect((await send(trigger)).status).toBe(500);
		trigger.store = async () => {};
		expect((await send(trigger)).status).toBe(200);
		expect(trigger.started).toHaveLength(1);
	});

	it.each([
		['before n8n has it', () => true],
		['while n8n stores it', (held: { count: number }) => held.count === 1],
	])('starts again what the shop hung up on: %s', async (_when, isTime) => {
		const trigger = await triggerFor({});
		const held = holdUp(trigger);
		const controller = new AbortController();
		const first = send(trigger, 'd-1', { signal: controller.signal });
		await until(() => trigger.received === 1 && isTime(held));
		controller.abort();
		await expect(first).rejects.toThrow();
		const second = send(trigger);
		// What was hung up on at once may not have got as far as that
		await until(() => trigger.received === 2 && held.count > 0);
		held.goOn();
		const { status, text } = await second;
		expect([status, text]).toEqual([200, '']);
		expect(trigger.started.length).toBeGreaterThan(0);
	});

	it('starts each delivery where nothing is to be remembered', async () => {
		const trigger = await triggerFor({ remember: 'no' });
		await send(trigger);
		await send(trigger);
		expect(trigger.started).toHaveLength(2);
	});

	it('each trigger gets the delivery once', async () => {
		const one = await triggerFor({}, { nodeId: 'a' });
		const other = await triggerFor({}, { nodeId: 'b' });
		for (const trigger of [one, other, one, other]) await send(trigger);
		expect([one.started.length, other.started.length]).toEqual([1, 1]);
	});

	it('what started nothing counts as not taken, should it be wanted later', async () => {
		const before = await triggerFor({ events: ['order_shipped'] });
		expect((await send(before)).status).toBe(200);
		const after = await triggerFor({ events: ['order_paid'] });
		await send(after);
		expect([before.started.length, after.started.length]).toEqual([0, 1]);
	});
});

it('starts each delivery while the register cannot be reached, and says so in the log', async () => {
	await removeFiles();
	// A folder stands where the register's file should be
	mkdirSync(registerFile(process.env), { recursive: true });
	const trigger = await openTrigger({});
	const start = logLines.length;
	expect((await send(trigger)).status).toBe(200);
	expect((await send(trigger)).status).toBe(200);
	expect(trigger.started).toHaveLength(2);
	expect(logSince(start).filter(({ message }) => message.includes('taken before'))).toEqual([
		having({ level: 'warn' }),
		having({ level: 'warn' }),
	]);
});

it('starts each delivery while PostgreSQL cannot be reached', async () => {
	const postgres = { host: '127.0.0.1', port: 1, database: 'd', user: 'u', password: 'CANARY' };
	const credentials = { shopWebhookApi: { secret: SECRET }, postgres };
	const trigger = await openTrigger({ remember: 'postgres' }, { credentials });
	const start = logLines.length;
	expect((await send(trigger)).status).toBe(200);
	expect((await send(trigger)).status).toBe(200);
	expect(trigger.started).toHaveLength(2);
	expect(JSON.stringify(logSince(start))).not.toContain('CANARY');
});
