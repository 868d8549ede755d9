import type { N8nRest, WorkflowFile } from '../rest';
import { nodeOf } from './flow';
import type { FlowStage } from './stage';

type Row = Record<string, string | number | null>;

/** A data table of n8n, as flows share it. */
export class DataTable {
	private constructor(
		private readonly rest: N8nRest,
		private readonly path: string,
	) {}

	/** The table that a flow's node Make Table would make, empty. */
	static async of({ n8n: { rest } }: FlowStage, flow: WorkflowFile): Promise<DataTable> {
		const { tableName, columns } = nodeOf(flow, 'Make Table').parameters as {
			tableName: string;
			columns: { column: { name: string; type: string }[] };
		};
		const { id: project } = await rest.call<{ id: string }>('GET', '/rest/projects/personal');
		const tables = `/rest/projects/${project}/data-tables`;
		const known = await rest.call<{ data: { id: string; name: string }[] }>('GET', tables);
		const old = known.data.find(({ name }) => name === tableName);
		if (old) await rest.call('DELETE', `${tables}/${old.id}`);
		const { id } = await rest.call<{ id: string }>('POST', tables, {
			name: tableName,
			columns: columns.column,
		});
		return new DataTable(rest, `${tables}/${id}`);
	}

	async insert(rows: Row[]): Promise<void> {
		await this.rest.call('POST', `${this.path}/insert`, { data: rows, returnType: 'count' });
	}

	async rows(): Promise<Row[]> {
		const { data } = await this.rest.call<{ data: Row[] }>('GET', `${this.path}/rows?take=100`);
		return data;
	}
}
