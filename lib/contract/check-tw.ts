/** Asks TW everything that reads, or, as a trial is ASSUMED to be, is free, each thing once. */
import { Deadline } from '../base/deadline';
import type { Limits } from '../base/limits';
import type { RawAnswer } from '../http/raw-answer';
import { daysAgo } from '../tw/billing/invoices';
import { channelsIn } from '../tw/orders/channels';
import { trackingNumbers } from '../tw/orders/info';
import { orderInfoData, pagerData } from '../tw/wire/answers';
import type { TwClient } from '../tw/wire/client';
import { twEndpoints, type TwEndpointName, type TwReadName } from '../tw/wire/endpoints';
import { type Finding, findingOf, judge, type Verdict } from './judge';
import { readers } from './readers';
import type { Contract } from './report';

type Members = Record<string, unknown>;

/** What the user gives to ask with; what is missing is not asked about. */
export interface Questions {
	orderNumber?: string;
	requestId?: string;
	bagNumber?: string;
	/** First day of the invoices to read, YYYY-MM-DD. */
	invoicesSince: string;
	askTrial?: boolean;
	channel?: string;
	/** Of the trial's consignee and box, what is not to be as it is made up here. */
	sampleAddress?: Members;
	sampleBox?: Members;
	/** How many requests may be under way at once. */
	concurrency: number;
}

const MADE_UP_ADDRESS = {
	...{ name: 'Receiver', companyName: '', address: '1 Example Street', address2: '', phone: '' },
	...{ city: 'Minneapolis', stateProvince: 'MN', postcode: '55401', countryCode: 'US' },
};
const SMALL_BOX = {
	...{ number: 1, weight: 10, length: 10, width: 10, height: 10 },
	...{ declaredValue: 0, referenceNumbers: [] },
};

/** A text says why the endpoint is not asked. */
type Requests = Partial<Record<TwReadName, Members | string>>;
type Looked = [Verdict, RawAnswer];

export class TwCheck {
	/** What TW answered and our operations can read. */
	private readonly data: Partial<Record<TwReadName, unknown>> = {};
	private readonly findings: Partial<Record<TwEndpointName, Finding>> = {};
	private clockAheadMs: number | undefined;

	/** @param more added to each request */
	constructor(
		private readonly client: TwClient,
		private readonly more: Members,
		private readonly questions: Questions,
		private readonly limits: Limits,
	) {}

	/** @throws {CancelledFault}; that TW does not answer is a finding */
	async run(): Promise<Contract> {
		const { orderNumber, requestId, bagNumber, invoicesSince } = this.questions;
		// A day beyond today, since the zone of TW's dates is not documented
		const tomorrow = daysAgo(-1, Date.now(), this.client.account.timeZone);
		const order = orderNumber ? { no: orderNumber } : 'It needs an Order Number of yours.';
		await this.ask({
			getProduct: {},
			getBalance: {},
			getBill: { date_scope: [invoicesSince, tomorrow], page: 1, limit: 10 },
			orderInfo: order,
			orderLabel: order,
			orderCheck: requestId ? { request_id: requestId } : 'It needs a Request ID of yours.',
			bagInfo: bagNumber ? { bag_no: bagNumber } : 'It needs a Bag Number of yours.',
		});
		const bill_id = pagerData.safeParse(this.data.getBill).data?.data[0]?.['id'];
		const info = orderInfoData.safeParse(this.data.orderInfo).data;
		const [tracking_number] = info ? trackingNumbers(info) : [];
		await this.ask({
			getBillInfo: bill_id ? { bill_id, page: 1, limit: 10 } : 'The period has no invoice.',
			orderFee: tracking_number ? { tracking_number } : 'It needs an order with a tracking number.',
			orderTrial: this.trial(),
		});
		const write = { result: 'not asked', remark: 'It changes something.' } as const;
		const findings = (Object.keys(twEndpoints) as TwEndpointName[]).map(
			(name) => this.findings[name] ?? findingOf(this.asked(name), write),
		);
		return { vendor: 'TW', findings, clockAheadMs: this.clockAheadMs };
	}

	private trial(): Members | string {
		const { askTrial, channel, sampleAddress, sampleBox } = this.questions;
		if (!askTrial) return 'It was not wanted.';
		const product = channel || channelsIn(this.data.getProduct)[0]?.code;
		if (product === undefined) return "No channel is known: enter one under 'Channel'.";
		// The number of an order that is never made
		const ticket = { no: 'FIRST-CONTACT', freightClass: '', isSignatureService: 0, note: '' };
		const consignee = { ...MADE_UP_ADDRESS, ...sampleAddress };
		const box = { ...SMALL_BOX, ...sampleBox };
		return { tickets: [{ ...ticket, product, consignee, boxes: [box] }] };
	}

	private async ask(requests: Requests): Promise<void> {
		const waiting = (Object.entries(requests) as Array<[TwReadName, Members | string]>).values();
		const worker = async () => {
			for (const [name, request] of waiting) {
				this.findings[name] =
					typeof request === 'string'
						? findingOf(this.asked(name), { result: 'not asked', remark: request })
						: await this.find(name, { ...this.more, ...request });
			}
		};
		await Promise.all(Array.from({ length: this.questions.concurrency }, worker));
	}

	private async find(name: TwReadName, request: Members): Promise<Finding> {
		const { path: ours, source } = twEndpoints[name];
		const asked = this.asked(name);
		const [first, answer] = await this.look(asked.path, name, request);
		const isElsewhere = first.result === 'not found' || first.result === 'not TW';
		const others =
			source === 'assumed' && isElsewhere ? [ours, ...(readers[name].otherPaths ?? [])] : [];
		const paths_tried: Finding['paths_tried'] = [];
		for (const path of others.filter((other) => other !== asked.path)) {
			const [verdict, there] = await this.look(path, name, request);
			paths_tried.push({ path, http_status: there.status });
			if (!verdict.understood) continue;
			const found = { ...verdict, result: 'other path', path_override: path, paths_tried } as const;
			return findingOf(asked, found, there);
		}
		return findingOf(asked, { ...first, paths_tried }, answer);
	}

	private async look(path: string, name: TwReadName, request: Members): Promise<Looked> {
		const { deadline, signal, pace } = this.limits;
		// One endpoint must not use up the time of the others
		const ms = Math.min(15_000, deadline.totalMs / 4, deadline.left());
		const limits = { deadline: Deadline.in(ms), signal, pace };
		const answer = await this.client.look(name, request, path, limits);
		this.clockAheadMs ??= answer.clockAheadMs;
		const { read, members } = readers[name];
		const verdict = judge({ vendor: 'TW', members, read: (data) => read(data, request) }, answer);
		if (verdict.understood) this.data[name] = answer.data;
		return [verdict, answer];
	}

	private asked(name: TwEndpointName): Pick<Finding, 'endpoint' | 'path' | 'source'> {
		const { title: endpoint, source: known } = twEndpoints[name];
		const source = name in this.client.account.paths ? 'entered in the credential' : known;
		return { endpoint, path: this.client.pathOf(name), source };
	}
}
