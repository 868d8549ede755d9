import {
	foreignAddresses,
	ownAddresses,
	startStranger,
	type Stranger,
} from '../../test/credentials/strangers';
import {
	type ChainNode,
	createFlow,
	executionIds,
	type HostFlow,
	nextExecution,
	post,
} from '../faults/flow';
import type { Credential } from '../rest';
import type { Checks } from './checks';
import { expect, expectEqual } from './expect';
import type { Stage } from './stage';

/** Every version that can use a credential type such as ours. */
const VERSIONS = [2, 3, 4, 4.1, 4.2, 4.3, 4.4, 4.5];
const STATUSES = [301, 302, 303, 307, 308] as const;

type Options = Record<string, unknown>;

/** Pages as n8n offers them: the answer tells where the next one is. */
const pagination = {
	pagination: {
		paginationMode: 'responseContainsNextURL',
		nextURL: '={{ $response.body.next }}',
		paginationCompleteWhen: 'other',
		completeExpression: '={{ $pageCount > 1 }}',
		limitPagesFetched: true,
		maxRequests: 3,
	},
};

/** Told to follow wherever it leads, in the words of the version. */
const followsAll = (version: number): Options =>
	version === 2
		? { followRedirect: true, followAllRedirects: true }
		: { redirect: { redirect: { followRedirects: true, maxRedirects: 5 } } };

/**
 * n8n's own HTTP Request node with our credentials, in all its versions: the own address is signed, and
 * no other one learns a key, whatever the node is told.
 */
export async function checkHttpRequest(
	stage: Stage,
	credentials: Credential[],
	checks: Checks,
): Promise<void> {
	const versions = await offeredVersions(stage);
	const stranger = await startStranger();
	try {
		for (const type of ['twApi', 'tdApi'] as const) {
			await checkCredential(stage, type, versions, stranger, credentials, checks);
		}
		await checks.check('no request has reached a stranger', () => {
			expectEqual(stranger.received().slice(0, 500), stranger.count(), 0);
		});
	} finally {
		await stranger.close();
	}
}

async function checkCredential(
	{ n8n, sandbox }: Stage,
	type: 'twApi' | 'tdApi',
	versions: number[],
	stranger: Stranger,
	credentials: Credential[],
	checks: Checks,
): Promise<void> {
	const path = type === 'twApi' ? '/api/v2/getBill' : '/order/v3';
	const home = new URL(sandbox.url + path);
	const title = `HTTP Request ${versions[0]} to ${versions.at(-1)} with ${type}`;
	const flowOf = async (name: string, of: number[], options: (version: number) => Options) =>
		await createFlow(
			n8n.rest,
			`${type} ${name}`,
			[splitOut, ...of.map((version) => httpRequest(version, type, options(version)))],
			credentials,
		);
	/** What each version says to each address. */
	const said = async (flow: HostFlow, urls: string[], of: number[]) => {
		const known = await executionIds(n8n.rest, flow);
		await post(flow.webhook, { urls });
		const { runs, failure } = await nextExecution(n8n.rest, flow, known);
		return of.map((version) => {
			const items = runs[`HTTP ${version}`]?.at(-1)?.data?.main[0];
			expect(items != null, `version ${version} did not run: ${failure?.message}`);
			return items.map(({ json }) => JSON.stringify(json));
		});
	};
	const received = () => sandbox.ledger().requests.filter((request) => request.path === path);
	const keyed = () =>
		received().filter(({ sign, query }) =>
			type === 'twApi' ? sign !== null : query.includes('partner_key='),
		).length;
	const answer = (body: string) => {
		sandbox.clearFaults();
		sandbox.fault({ kind: 'rawBody', path, body });
	};

	const plain = await flowOf('plain', versions, () => ({}));
	await checks.check(`${title} signs for the own address`, async () => {
		answer('{"code":200,"message":"OK"}');
		const before = keyed();
		const own = ownAddresses.map(([, address]) => address(home)).filter(isSendable);
		await said(plain, own, versions);
		expectEqual('requests with keys', keyed() - before, own.length * versions.length);
	});
	const foreign = foreignAddresses.map(([, address]) => address(home, stranger)).filter(isSendable);
	const count = foreign.length * versions.length;
	await checks.check(`${title} refuses ${count} foreign addresses`, async () => {
		const before = received().length;
		for (const answers of await said(plain, foreign, versions)) {
			expectEqual('answers', answers.length, foreign.length);
			const other = answers.find((text) => !text.includes('was not signed and not sent'));
			expect(other === undefined, `it says ${other}`);
		}
		expectEqual('requests', received().length - before, 0);
	});
	await checks.check(`${title} follows none of ${STATUSES.length} redirects`, async () => {
		const told = await flowOf('told to follow', versions, followsAll);
		for (const status of STATUSES) {
			sandbox.clearFaults();
			const location = stranger.at('127.0.0.1');
			sandbox.fault({ kind: 'redirect', path, status, location });
			const before = keyed();
			await said(told, [home.href], versions);
			await said(plain, [home.href], versions);
			expectEqual('requests with keys', keyed() - before, 2 * versions.length);
		}
	});
	await checks.check(`${title} goes to no foreign next page`, async () => {
		const paging = versions.filter((version) => version >= 4);
		const pages = await flowOf('pages', paging, () => ({ pagination }));
		answer(JSON.stringify({ code: 200, next: stranger.at('127.0.0.1') }));
		for (const answers of await said(pages, [home.href], paging)) {
			expect(answers.join().includes('was not signed and not sent'), `it says ${answers.join()}`);
		}
	});
	sandbox.clearFaults();
}

const splitOut: ChainNode = {
	name: 'Addresses',
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut: 'body.urls', options: {} },
};

function httpRequest(version: number, type: string, options: Options): ChainNode {
	const body = { sendBody: true, specifyBody: 'json', jsonBody: '{}' };
	return {
		name: `HTTP ${version}`,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: version,
		credentialType: type,
		onError: 'continueRegularOutput',
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: type,
			url: "={{ $('Addresses').all()[$itemIndex].json['body.urls'] }}",
			...(version === 2 ? { requestMethod: 'POST' } : { method: 'POST', ...body }),
			options,
		},
	};
}

/** The node itself sends to no other address, or fails altogether. */
const isSendable = (url: string) => /^https?:\/\//.test(url);

/** The versions of the node that this n8n has. */
async function offeredVersions({ n8n }: Stage): Promise<number[]> {
	const types = await n8n.rest.listTypes('nodes');
	const offered = types
		.filter(({ name }) => name === 'n8n-nodes-base.httpRequest')
		.flatMap((type) => (type as { version?: number | number[] }).version ?? []);
	const versions = VERSIONS.filter((version) => offered.includes(version));
	expect(versions.includes(4.4), `there is no version 4.4 among ${offered.join(', ')}`);
	return versions;
}
