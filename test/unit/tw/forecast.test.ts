/** What an answer to "Order forecast" proves of the orders that were sent. */
import { parseSafely } from '../../../lib/base/json';
import { readForecast } from '../../../lib/tw/orders/forecast';
import { rows } from '../tables';

/** `A = req-1` for a request_id (`?=` without the order's number), `A refused` without one; `!` for errors beside it. */
function proves(data: string, sent: string): string {
	const read = data === '-' ? undefined : parseSafely(data);
	const why = (status?: number) => (status === undefined ? '' : ` (${status})`);
	const words = readForecast(read, sent.split(' ')).map(
		({ no, requestId, isNamed, status, errors }) => {
			if (requestId === undefined) return `${no} refused${why(status)}`;
			return `${no} ${isNamed ? '=' : '?='} ${requestId}${why(status)}${errors ? ' !' : ''}`;
		},
	);
	return words.join(', ') || 'nothing';
}

it.each(
	rows(`
		data of the answer                                                                    | sent        | proves

		{"no":"A","request_id":"r"} / [{"no":"A","request_id":"r"}]                           | A           | A = r
		{"A":{"request_id":"r"}} / {"A":{"no":"A","request_id":"r"}}                          | A           | A = r
		{"tickets":[{"no":"A","request_id":"r"}]} / {"list":{"A":{"request_id":"r"}}}         | A           | A = r
		[[[{"no":"A","request_id":"r"}]]] / {"a":{"b":{"c":{"no":"A","request_id":"r"}}}}     | A           | A = r
		[[[[{"no":"A","request_id":"r"}]]]]                                                   | A           | nothing
		{"a":{"b":{"c":{"d":{"no":"A","request_id":"r"}}}}}                                   | A           | nothing
		{"no":7,"request_id":"r"} / {"7":{"request_id":"r"}}                                  | 7           | 7 = r

		[{"no":"A","request_id":"r"},{"no":"B","request_id":"s"}]                             | A B         | A = r, B = s
		[{"no":"B","request_id":"s"},{"no":"A","request_id":"r"}]                             | A B         | B = s, A = r
		{"A":{"request_id":"r"},"B":{"request_id":"s"}}                                       | A B         | A = r, B = s
		[{"no":"A","request_id":"r"}] / [{"no":"A","request_id":"r"},{"request_id":"s"}]      | A B         | A = r
		{"request_id":"r"} / [{"request_id":"r"},{"request_id":"s"}]                          | A B         | nothing
		[{"no":"A","request_id":"r"},{"no":"B","errors":["is bad"]}]                          | A B         | A = r, B refused
		[{"no":"A","request_id":"r"},{"errors":["is bad"]}]                                   | A B         | A = r
		{"A":{"request_id":"r"},"B":{"status":-2}}                                            | A B         | A = r, B refused (-2)

		{"request_id":"r"} / [{"request_id":"r"}] / {"data":{"request_id":"r"}}               | A           | A ?= r
		{"no":null,"request_id":"r"} / {"OTHER":{"request_id":"r"}}                           | A           | A ?= r
		{"request_id":"t","list":[{"no":"A","request_id":"r"}]}                               | A           | A = r, A ?= t
		{"request_id":"t","list":[{"no":"A","request_id":"r"},{"no":"B","request_id":"s"}]}   | A B         | A = r, B = s
		{"no":"OTHER","list":[{"request_id":"r"}]}                                            | A           | nothing
		{"no":"OTHER","request_id":"r"} / {"A":{"no":"OTHER","request_id":"r"}}               | A           | nothing
		{"no":"a","request_id":"r"} / {"no":"A ","request_id":"r"} / {"no":"","request_id":"r"} | A         | nothing
		{"no":"OTHER","request_id":"r","status":-1} / {"no":"OTHER","errors":["is bad"]}      | A           | nothing

		{"no":"A","request_id":12345}                                                         | A           | A = 12345
		{"no":"A","request_id":0}                                                             | A           | A = 0
		{"no":"A","request_id":12345678901234567890}                                          | A           | A = 12345678901234567890
		{"no":"A","request_id":""} / {"no":"A","request_id":null} / {"no":"A","request_id":[]} | A          | nothing
		{"no":"A","request_id":true} / {"no":"A","request_id":["r"]} / {"no":"A","requestId":"r"} | A       | nothing

		{"no":"A","request_id":"r","errors":[]} / {"no":"A","request_id":"r","errors":null}   | A           | A = r
		{"no":"A","request_id":"r","errors":["is bad"]}                                       | A           | A = r !
		{"no":"A","request_id":"r","status":1} / {"no":"A","request_id":"r","status":"1"}     | A           | A = r (1)
		{"no":"A","request_id":"r","status":-1} / {"no":"A","request_id":"r","status":"-1"}   | A           | A = r (-1)
		{"no":"A","request_id":"r","status":"done"} / {"no":"A","request_id":"r","status":1.5} | A          | A = r

		{"no":"A","errors":"is bad"} / {"no":"A","errors":["is bad"]} / {"no":"A","errors":4001} | A        | A refused
		{"no":"A","errors":{"postcode":"is bad"}} / {"no":"A","errors":{"postcode":["is bad"]}} | A         | A refused
		{"A":{"errors":["is bad"]}} / {"no":"A","request_id":"","errors":["is bad"]}          | A           | A refused
		{"errors":["is bad"]}                                                                 | A           | A refused
		{"no":"A","status":1,"errors":["is bad"]}                                             | A           | A refused (1)
		{"no":"A","status":-1} / {"status":-1} / {"A":{"status":-1,"errors":["is bad"]}}      | A           | A refused (-1)
		{"no":"A","status":"-1"}                                                              | A           | A refused (-1)
		{"errors":["is bad"]} / {"status":-1}                                                 | A B         | nothing
		{"no":"A","errors":""} / {"no":"A","errors":[]} / {"no":"A","errors":{}}              | A           | nothing
		{"no":"A","errors":[""]} / {"no":"A","errors":null} / {"no":"A"}                      | A           | nothing
		{"no":"A","status":0} / {"no":"A","status":10}                                        | A           | nothing

		- / null / "" / "r" / "A" / 12345 / true / [] / {} / ["r"] / {"A":"r"}                | A           | nothing
		{"__proto__":{"no":"A","request_id":"r"}} / {"no":"A","__proto__":{"request_id":"r"}} | A           | nothing
		{"__proto__":{"request_id":"r"}}                                                      | __proto__   | nothing
		{"constructor":{"request_id":"r"}}                                                    | constructor | constructor = r
	`),
)('%s for %s proves: %s', (data, sent, expected) => {
	expect(proves(data, sent)).toBe(expected);
});

it('keeps what TW says of the order beside its request_id', () => {
	const data = { no: 'A', request_id: 'r', status: -2, errors: ['is bad'], price: 5 };
	expect(readForecast([data], ['A'])).toEqual([
		{ no: 'A', isNamed: true, requestId: 'r', status: -2, errors: 'is bad' },
	]);
});
