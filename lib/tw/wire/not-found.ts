/** What a 404 of TW means for the person: what was asked for, and the causes, the likeliest first. */
import { NotFoundFault } from '../../base/errors';
import { isRecord } from '../../base/json';
import { isNoData, isRequestId } from './answers';
import { twEndpoints, type TwEndpointName } from './endpoints';

interface Question {
	/** The body's member that names what is asked for. */
	member: string;
	none: (name: string) => string;
	/** What to look at before the path. */
	causes: string;
}

const NO_ORDER =
	"Check 'Order Number'. An order that was just created may show up only after a moment.";
const CHECK_BASE_URL = "Check 'Base URL' in the TW API credential.";

const bag: Question = {
	member: 'bag_no',
	none: (name) => `TW does not know bag ${name}`,
	causes: "Check 'Bag Number'; the bag may be deleted already.",
};

/** Endpoints that are asked about one thing; the others only have a path that may be wrong. */
const questions: Partial<Record<TwEndpointName, Question>> = {
	orderInfo: {
		member: 'no',
		none: (name) => `TW does not have an order ${name}`,
		causes: NO_ORDER,
	},
	orderDelete: {
		member: 'no',
		none: (name) => `TW finds no order ${name} to delete`,
		causes: "Check 'Order Number'; the order may be deleted already.",
	},
	orderLabel: {
		member: 'no',
		none: (name) => `TW gives no label for order ${name} yet`,
		causes:
			"The order may not be completed yet: wait for it ('Wait for Completion' of TW Order), or run this item again in a few minutes. Else check the order number.",
	},
	orderFee: {
		member: 'tracking_number',
		none: (name) => `TW has no charges for tracking number ${name}`,
		causes:
			"The order may not be completed yet. Else check 'Tracking Number': it takes the carrier's number, which 'Get' of TW Order shows.",
	},
	orderCheck: {
		member: 'request_id',
		none: (name) => `TW does not know the request_id ${name}`,
		causes:
			"Check 'Request ID': it takes the request_id that 'Create' puts out. For an order number use 'Get'.",
	},
	getBillInfo: {
		member: 'bill_id',
		none: (name) => `TW does not know invoice ${name}`,
		causes: "Check 'Invoice ID': it takes the id that 'Get Many' of TW Invoice puts out.",
	},
	bagInfo: bag,
	bagDelete: bag,
	bagReview: bag,
};

/**
 * TW's 404 in words: the thing that was asked for is not there yet, or its number is wrong, or the path, if that
 * is an assumption. A 404 that is not TW's own says nothing about the thing.
 *
 * @param body as sent
 * @param path as sent
 */
export function explainNotFound(
	fault: NotFoundFault,
	name: TwEndpointName,
	body: unknown,
	path: string,
): NotFoundFault {
	const { title } = twEndpoints[name];
	const question = questions[name];
	const thing = question && isRecord(body) ? body[question.member] : undefined;
	const assumption = assumptionOf(name, path);
	const after = (causes: string) =>
		assumption ? `${causes} If that is right: ${assumption}` : causes;
	const { vendorMessage } = fault.facts;
	const said = vendorMessage ? `: ${vendorMessage}` : '';
	if (!isNoData(fault)) {
		return fault.rephrased(
			`Nothing is at TW's path ${path} ('${title}'): the answer is HTTP 404${said || ' without a word of TW'}`,
			after(CHECK_BASE_URL),
		);
	}
	if (question && (typeof thing === 'string' || typeof thing === 'number')) {
		return fault.rephrased(question.none(String(thing)) + said, after(question.causes));
	}
	return fault.rephrased(
		`TW does not know its path ${path} ('${title}')${said}`,
		after(CHECK_BASE_URL),
	);
}

/** What to look at where TW does not know what it was asked for. */
export const causesOf = (name: TwEndpointName): string => questions[name]?.causes ?? CHECK_BASE_URL;

/**
 * That a path is assumed, and how to replace it; empty for a documented one.
 *
 * @param path as sent
 */
export function assumptionOf(name: TwEndpointName, path: string): string {
	const { title, source } = twEndpoints[name];
	if (source === 'documented') return '';
	return `the path ${path} is an assumption, because TW's page for '${title}' is not public. Ask TW for the right one and enter it under 'Path Overrides' in the TW API credential.`;
}

/** For an order that TW does not show. */
export const noOrder = (no: string): NotFoundFault =>
	new NotFoundFault(
		questions.orderInfo!.none(no),
		isRequestId(no)
			? "This is a request_id: read its state with 'Get Status', or take the order's number."
			: NO_ORDER,
	);
