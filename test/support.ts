/** What most tests need: a sandbox of their own, our nodes with their credentials, and an end to all of it. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { TdApi } from '../credentials/TdApi.credentials';
import { TwApi } from '../credentials/TwApi.credentials';
import { forgetPauses } from '../lib/base/delivery';
import { closePools } from '../lib/http/exchange';
import { TdOrderEvent } from '../nodes/TdOrderEvent/TdOrderEvent.node';
import { TwBag } from '../nodes/TwBag/TwBag.node';
import { TwBalance } from '../nodes/TwBalance/TwBalance.node';
import { TwInvoice } from '../nodes/TwInvoice/TwInvoice.node';
import { TwLabel } from '../nodes/TwLabel/TwLabel.node';
import { TwOrder } from '../nodes/TwOrder/TwOrder.node';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox';
import { type EngineRun, runNode, stopEngine } from './engine/harness';
import { ownFile } from './lib/register/places';
import { emptied } from './lib/register/tables';
import { boxes, channel, toWarehouse } from './operations/order';
import { QUICK } from './pace';
import { closeRegisters } from '../lib/run/registers';

/** Every action node of the package, by its name in workflows, made as n8n makes it but for its pace. */
export const nodes = {
	twBag: new TwBag(QUICK),
	twBalance: new TwBalance(QUICK),
	twInvoice: new TwInvoice(QUICK),
	twLabel: new TwLabel(QUICK),
	twOrder: new TwOrder(QUICK),
	tdOrderEvent: new TdOrderEvent(QUICK),
};
export const credentialTypes = [new TwApi(), new TdApi()];

type RunOptions = Parameters<typeof runNode>[0];

/** A sandbox, and nodes whose credentials lead to it. */
export interface Bench {
	sandbox: Sandbox;
	/** Runs one of our nodes in n8n's engine. */
	run: (
		node: keyof typeof nodes,
		parameters: INodeParameters,
		items: IDataObject[],
		more?: Partial<RunOptions>,
	) => Promise<EngineRun>;
	credentials: Record<'twApi' | 'tdApi', IDataObject>;
	close: () => Promise<void>;
}

/** A bench for a file of tests. To reset it takes a while: its register is emptied too. */
interface TestBench extends Bench {
	sandbox: Omit<Sandbox, 'reset'> & { reset: () => Promise<void> };
}

/** Starts a sandbox and readies the nodes for it. */
export async function openBench(options?: SandboxOptions): Promise<Bench> {
	const sandbox = await startSandbox(options);
	const credentials = {
		twApi: { ...sandbox.tw, currency: 'USD', timeZone: 'Asia/Shanghai' },
		tdApi: { region: sandbox.settings.region, ...sandbox.td },
	};
	return {
		sandbox,
		credentials,
		run: async (node, parameters, items, more = {}) =>
			await runNode({
				node: nodes[node],
				parameters,
				items,
				credentials,
				credentialTypes,
				...more,
			}),
		close: async () => {
			await closePools();
			await closeRegisters();
			await sandbox.close();
			await stopEngine();
		},
	};
}

/** A sandbox with our nodes for all tests of a file: opened before the first of them, closed after the last. */
export function useBench(options?: SandboxOptions): TestBench {
	const bench = {} as TestBench;
	beforeAll(async () => {
		const { sandbox, ...rest } = await openBench(options);
		// A vendor that begins anew has not been sent anything, and asked for nothing
		const reset = async () => {
			sandbox.reset();
			forgetPauses();
			const register = ownFile();
			if (register) await emptied(register);
		};
		Object.assign(bench, { ...rest, sandbox: { ...sandbox, reset } });
	});
	afterAll(async () => await bench.close());
	return bench;
}

/** For a run: the credentials of the bench, one of them with other members. */
export const withCredential = (
	{ credentials }: Pick<Bench, 'credentials'>,
	name: keyof Bench['credentials'],
	members: IDataObject,
) => ({ credentials: { ...credentials, [name]: { ...credentials[name], ...members } } });

/** Parameters of TW Order → Create in fields mode for a small parcel to a warehouse. */
export function createParameters(overrides: INodeParameters = {}): INodeParameters {
	return {
		operation: 'create',
		specifyOrder: 'fields',
		no: '={{ $json.no }}',
		...channel('UA'),
		...toWarehouse,
		...boxes({}),
		...overrides,
	};
}
