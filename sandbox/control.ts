import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Credentials } from './credentials';
import type { FaultRule } from './faults/rules';
import type { Ledger } from './ledger';
import { page } from './page';
import type { Settings } from './settings';

/** What can be done to a running sandbox, from a test or over HTTP. */
export interface Controls {
	settings: Readonly<Settings>;
	set(changes: unknown): void;
	fault(rule: FaultRule): void;
	clearFaults(): void;
	ledger(): Ledger;
	/** Gives the id of the new bill. */
	issueBill(): number;
	reset(): void;
}

/**
 * The sandbox's own routes: the page at `/`, and all controls under `/sandbox/`. They take no credential
 * (the sandbox is for loopback), meet no faults and are no requests in the ledger.
 */
export function controlRoutes(
	app: FastifyInstance,
	controls: Controls,
	credentials: Credentials,
): void {
	app.get('/', (request, reply) =>
		reply
			.type('text/html; charset=utf-8')
			.send(
				page(
					`${request.protocol}://${request.host}`,
					controls.settings,
					credentials,
					controls.ledger(),
				),
			),
	);
	app.get('/sandbox/ledger', () => controls.ledger());
	app.get('/sandbox/settings', () => controls.settings);

	app.post('/sandbox/settings', (request, reply) =>
		orRefuse(reply, () => {
			controls.set(json(request));
			return controls.settings;
		}),
	);
	app.post('/sandbox/faults', (request, reply) =>
		orRefuse(reply, () => {
			controls.fault(json(request) as FaultRule);
			return { added: true };
		}),
	);
	app.delete('/sandbox/faults', () => {
		controls.clearFaults();
		return { cleared: true };
	});
	app.post('/sandbox/bills', () => ({ id: controls.issueBill() }));
	app.post('/sandbox/reset', () => {
		controls.reset();
		return { reset: true };
	});
}

function json(request: FastifyRequest): unknown {
	return JSON.parse(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
}

/** A mistake in the request is answered with its message. */
function orRefuse(reply: FastifyReply, action: () => unknown): unknown {
	try {
		return action();
	} catch (error) {
		return reply.code(400).send({ error: error instanceof Error ? error.message : String(error) });
	}
}
