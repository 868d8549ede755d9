/** An output item as a row of a table, whatever a vendor sends beside and in place of what is described. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { asRow } from '../../../lib/operation/rows';

const output = {
	usual: () => z.looseObject({ no: z.string(), state: z.string(), at: z.string().nullable() }),
	otherwise: () => z.looseObject({ no: z.string(), kind: z.string(), state: z.string().nullish() }),
};

it.each([
	['described members come first', '{"z":1,"state":"s","no":"A"}', '{"no":"A","state":"s","z":1}'],
	['null is left out', '{"no":null,"state":"s","z":null}', '{"state":"s"}'],
	['null that says something stays', '{"at":null,"no":"A"}', '{"no":"A","at":null}'],
	['as its own description has it', '{"state":null,"kind":"k"}', '{"kind":"k","state":null}'],
	['nothing in it changes', '{"z":[null,{"a":null}],"no":"A"}', '{"no":"A","z":[null,{"a":null}]}'],
	['another type stays', '{"state":[],"no":{"a":0}}', '{"no":{"a":0},"state":[]}'],
	['what is empty is not null', '{"no":"","state":0,"z":false}', '{"no":"","state":0,"z":false}'],
	[
		'names of any object',
		'{"toString":null,"hasOwnProperty":1,"no":"A"}',
		'{"no":"A","hasOwnProperty":1}',
	],
	['names that JavaScript puts first', '{"no":"A","2":null,"10":1}', '{"10":1,"no":"A"}'],
])('%s', (_what, item, row) => {
	expect(JSON.stringify(asRow(output, JSON.parse(item) as IDataObject))).toBe(row);
});
