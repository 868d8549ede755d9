/** Reads a CSV with a header row, as n8n writes it. */
export function readCsv(text: string): Record<string, string>[] {
	const [head = [], ...rows] = text
		.replace(/^\uFEFF/, '')
		.trimEnd()
		.split(/\r?\n/)
		.map(cells);
	return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])));
}

/** The cells of a line; one with a comma or a quote in it stands in quotes. */
function cells(line: string): string[] {
	return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
		([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
	);
}
