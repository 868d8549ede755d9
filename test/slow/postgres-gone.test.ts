/** PostgreSQL that is not there when it is needed: what can't be remembered is not sent. */
import { closeRegisters } from '../../lib/run/registers';
import { hasPostgres } from '../lib/register/postgres';
import { complaint, FORECAST, INFO, outputOf, requestsTo, saying, until } from '../observed';
import { useDatabaseOrders } from './orders';

const NOT_RECORDED = { remark: saying('could not be recorded') };

(hasPostgres ? describe : describe.skip)('PostgreSQL', () => {
	const { bench, create, own, sends } = useDatabaseOrders();

	it('remembers across executions', async () => {
		const first = outputOf(await create())[0];
		expect(outputOf(await create())[0]).toEqual({ ...first, existing: true });
		expect(sends()).toBe(1);
	});

	it('that is not there before the claim: nothing is sent, and no secret is told', async () => {
		own.database.stop();
		const failed = await create();
		await own.database.start();
		const { message, description } = complaint(failed);
		expect(message).toContain('What was sent cannot be remembered in PostgreSQL');
		expect(description).toContain('Nothing was sent');
		expect(JSON.stringify([message, description, failed.error, failed.data])).not.toContain(
			'pg-secret-canary',
		);
		expect(sends()).toBe(0);
		await closeRegisters();
	});

	it('that is gone after the send: the order is told with a remark, and never sent again', async () => {
		const go = async () => await create({ timeout: 4 }, 'GONE');
		bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 500, when: 'after', times: 1 });
		bench.sandbox.set({ orderInfoDelayMs: 3_600_000 });
		const running = go();
		await until(() => sends() === 1);
		own.database.stop();
		const told = outputOf(await running)[0];
		expect(told).toMatchObject({ outcome: 'accepted', ...NOT_RECORDED });
		await own.database.start();
		await closeRegisters();
		expect((await go()).error).toBeDefined();
		expect(sends()).toBe(1);
		bench.sandbox.set({ orderInfoDelayMs: 0 });
	}, 120_000);

	it('that is gone after the claim: the order is sent under it, and told with a remark', async () => {
		bench.sandbox.fault({ kind: 'delay', path: INFO, ms: 500, when: 'before', times: 1 });
		const running = create({ checkExisting: true }, 'CLAIMED');
		await until(() => requestsTo(bench.sandbox, INFO).length === 1);
		own.database.stop();
		expect(outputOf(await running)[0]).toMatchObject({ no: 'CLAIMED', ...NOT_RECORDED });
		await own.database.start();
		await closeRegisters();
		expect(sends()).toBe(1);
	}, 60_000);

	it.each<[object, string]>([
		[{ sshTunnel: true }, 'leads through an SSH tunnel'],
		[{ host: '' }, "'host' of the Postgres credential"],
		[{ database: 'nowhere' }, 'there is no such database (3D000)'],
		[{ port: 1 }, 'refuses the connection'],
		...['verify-full', 'verify-ca', 'prefer', 'Require', 'REQUIRE', 'true', '', null, true, 1].map(
			(ssl): [object, string] => [{ ssl }, "'ssl' of the Postgres credential"],
		),
		// The server of these tests speaks plain text only
		[{ ssl: 'require' }, 'PostgreSQL'],
		[{ ssl: 'allow' }, 'PostgreSQL'],
		[{ ssl: 'verify-full', allowUnauthorizedCerts: true }, "'ssl' of the Postgres credential"],
		[{ allowUnauthorizedCerts: true }, 'PostgreSQL'],
	])('with a credential like %j says what is wrong, and sends nothing', async (more, words) => {
		expect(complaint(await create({}, 'ORD-2', more)).message).toContain(words);
		expect(sends()).toBe(0);
	});
});
