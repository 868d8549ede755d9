/** A refusal with one of TD's status codes, complete as TD prints them [doc]; the texts are [doc] too. */
export interface TdRefusal {
	code: 9001 | 9002 | 9003 | 9004 | 9200 | 9201 | 9202;
	message: string;
}

/** ASSUMED: `{Parameter}` is the parameter's path in the body, such as `payment.amount.currency`. */
export const isEmpty = (parameter: string): TdRefusal => ({
	code: 9001,
	message: `${parameter} empty`,
});

export const isWrong = (parameter: string): TdRefusal => ({
	code: 9002,
	message: `${parameter} check error`,
});

export const isTooLong = (parameter: string): TdRefusal => ({
	code: 9003,
	message: `${parameter} length or size exceeds 1024`,
});

export const noDevice: TdRefusal = { code: 9004, message: 'Either black_box or ip exists' };

export const notJson: TdRefusal = { code: 9202, message: 'Illegal Content-Type' };
