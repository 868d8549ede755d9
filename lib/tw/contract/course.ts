/** Asks TW everything that reads or is free, each thing once: what Check Contract does. */
import { Deadline } from '../../base/deadline';
import type { Limits } from '../../base/limits';
import { channelsIn } from '../orders/channels';
import { trackingNumbers } from '../orders/info';
import { orderInfoData, pagerData } from '../wire/answers';
import type { Look, TwClient } from '../wire/client';
import {
	readEndpoints,
	twEndpoints,
	type TwEndpointName,
	type TwReadName,
} from '../wire/endpoints';
import { type Judgement, judge } from './judge';
import { otherPaths } from './paths';

type Members = Record<string, unknown>;

/** What the user gives to ask with; what is missing is not asked about. */
export interface Questions {
	orderNumber?: string | undefined;
	requestId?: string | undefined;
	bagNumber?: string | undefined;
	/** First day of the invoices to read, YYYY-MM-DD, and the last one. */
	invoices: [from: string, to: string];
	/** For the trial; null if none is wanted. */
	trial: { channel?: string | undefined; consignee: Members; box: Members } | null;
	/** Added to each request. */
	more: Members;
}

/** What was found out about one endpoint. */
export interface Finding extends Judgement {
	name: TwEndpointName;
	/** Where it was asked first. */
	path: string;
	source: 'documented' | 'assumed' | 'entered in the credential';
	/** The path to enter under 'Path Overrides'; null if ours is right, or no other is known to be. */
	pathOverride: string | null;
	/** Where else it was looked for. */
	tried: Array<{ path: string; httpStatus: number | null }>;
}

export interface Contract {
	/** One for each of TW's endpoints, in TW's order. */
	findings: Finding[];
	/** What TW answered with success, by endpoint. */
	data: Partial<Record<TwReadName, unknown>>;
	/** All answers, whole. */
	answers: unknown[];
	/** How far this host's clock is ahead of TW's, in milliseconds; undefined if TW tells no time. */
	clockAheadMs: number | undefined;
}

/** Name of the order in the trial, which makes none. */
export const TRIAL_ORDER = 'FIRST-CONTACT';

/** One endpoint must not use up the time of the others. */
const LONGEST_MS = 15_000;
const SHARE = 4;

export interface CourseLimits extends Limits {
	/** How many requests may be under way at once. */
	concurrency: number;
}

/**
 * @throws {CancelledFault}; that TW does not answer is a finding
 */
export async function checkContract(
	client: TwClient,
	questions: Questions,
	limits: CourseLimits,
): Promise<Contract> {
	const course = new Course(client, questions.more, limits);
	const { orderNumber, requestId, bagNumber, invoices, trial } = questions;
	await course.ask([
		['getProduct', {}],
		['getBalance', {}],
		['getBill', { date_scope: invoices, page: 1, limit: 10 }],
		['orderInfo', orderNumber ? { no: orderNumber } : 'it needs an Order Number of yours'],
		['orderLabel', orderNumber ? { no: orderNumber } : 'it needs an Order Number of yours'],
		['orderCheck', requestId ? { request_id: requestId } : 'it needs a Request ID of yours'],
		['bagInfo', bagNumber ? { bag_no: bagNumber } : 'it needs a Bag Number of yours'],
	]);
	const { data } = course;
	await course.ask([
		['getBillInfo', linesOfFirst(data.getBill)],
		['orderFee', feeOf(data.orderInfo)],
		['orderTrial', trial ? trialOf(trial, data.getProduct) : 'it was not wanted'],
	]);
	return course.contract();
}

type Request = Members | string;

function linesOfFirst(invoices: unknown): Request {
	const [first] = pagerData.safeParse(invoices).data?.data ?? [];
	const id = first?.['id'];
	if (id === undefined) return 'there is no invoice to ask about in the period';
	return { bill_id: id, page: 1, limit: 10 };
}

function feeOf(order: unknown): Request {
	const info = orderInfoData.safeParse(order);
	const [number] = info.success ? trackingNumbers(info.data) : [];
	return number === undefined
		? 'it needs an order that TW shows with a tracking number'
		: { tracking_number: number };
}

function trialOf(
	{ channel, consignee, box }: NonNullable<Questions['trial']>,
	list: unknown,
): Request {
	const product = channel || channelsIn(list)[0]?.code;
	if (product === undefined) return "no channel is known: enter one under 'Channel'";
	const ticket = { no: TRIAL_ORDER, product, freightClass: '', isSignatureService: 0, note: '' };
	return { tickets: [{ ...ticket, consignee, boxes: [box] }] };
}

class Course {
	readonly data: Contract['data'] = {};
	private readonly findings = new Map<TwReadName, Finding>();
	private readonly answers: unknown[] = [];
	private readonly clocks: number[] = [];

	constructor(
		private readonly client: TwClient,
		private readonly more: Members,
		private readonly limits: CourseLimits,
	) {}

	/** Asks several endpoints, as many at once as is allowed; a text says why one can't be asked. */
	async ask(requests: Array<[TwReadName, Request]>): Promise<void> {
		const waiting = requests.values();
		const worker = async () => {
			for (const [name, request] of waiting) {
				const finding =
					typeof request === 'string'
						? this.notAsked(name, `Not asked, because ${request}.`)
						: await this.find(name, { ...this.more, ...request });
				this.findings.set(name, finding);
			}
		};
		await Promise.all(Array.from({ length: this.limits.concurrency }, worker));
	}

	contract(): Contract {
		const findings = (Object.keys(twEndpoints) as TwEndpointName[]).map(
			(name) => (isRead(name) && this.findings.get(name)) || this.notAsked(name, WRITES),
		);
		const { data, answers } = this;
		return { findings, data, answers, clockAheadMs: middle(this.clocks) };
	}

	private async find(name: TwReadName, request: Members): Promise<Finding> {
		const path = this.client.pathOf(name);
		const first = await this.judged(name, request, path);
		const basis = { name, path, source: this.sourceOf(name), pathOverride: null };
		const tried: Finding['tried'] = [];
		if (first.result !== 'not found' && first.result !== 'not TW') {
			return { ...basis, ...first, tried };
		}
		for (const other of otherPaths(name, path)) {
			const judgement = await this.judged(name, request, other);
			tried.push({ path: other, httpStatus: judgement.httpStatus });
			if (!judgement.understood) continue;
			return {
				...basis,
				...judgement,
				result: 'other path',
				pathOverride: other,
				tried,
				finding: `Not at our path (HTTP ${first.httpStatus}), but at ${other}. ${judgement.finding}`,
				advice: `Enter ${other} for '${twEndpoints[name].title}' under 'Path Overrides' in the TW API credential, and send the report to the maintainers of these nodes.`,
			};
		}
		return { ...basis, ...first, tried };
	}

	private async judged(name: TwReadName, request: Members, path: string): Promise<Judgement> {
		const { deadline, signal, pace } = this.limits;
		const ms = Math.min(LONGEST_MS, deadline.totalMs / SHARE, deadline.left());
		const limits = { deadline: Deadline.in(ms), signal, pace };
		const look: Look = await this.client.look(name, request, { path, ...limits });
		if (look.clockAheadMs !== undefined) this.clocks.push(look.clockAheadMs);
		if (look.body !== undefined) this.answers.push(look.body);
		const judgement = judge(name, request, look);
		if (judgement.understood) this.data[name] = look.data;
		return judgement;
	}

	private sourceOf(name: TwEndpointName): Finding['source'] {
		return name in this.client.account.paths
			? 'entered in the credential'
			: twEndpoints[name].source;
	}

	private notAsked(name: TwEndpointName, finding: string): Finding {
		return {
			name,
			path: this.client.pathOf(name),
			source: this.sourceOf(name),
			result: 'not asked',
			httpStatus: null,
			code: null,
			words: null,
			understood: null,
			unknown: [],
			missing: [],
			pathOverride: null,
			tried: [],
			finding,
			advice: '',
			form: [],
		};
	}
}

const WRITES = 'Never asked by this check, because it changes something.';

const isRead = (name: TwEndpointName): name is TwReadName =>
	(readEndpoints as readonly string[]).includes(name);

function middle(numbers: readonly number[]): number | undefined {
	return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
