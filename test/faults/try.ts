import { openBench, createParameters } from '../../test/support';
(async () => {
  const b = await openBench();
  const t0 = performance.now();
  for (let i = 0; i < 50; i++) { const r = await b.run('twOrder', createParameters({waitForCompletion:true}), [{no:'A'+i}]); if (i===0) console.log(JSON.stringify(r.items), r.error?.message); }
  console.log('ms per run', (performance.now()-t0)/50);
  const t1 = performance.now();
  await Promise.all(Array.from({length:200},(_,i)=>b.run('twOrder', createParameters({waitForCompletion:true}), [{no:'B'+i}])));
  console.log('ms per run parallel', (performance.now()-t1)/200);
  const c = {...b.credentials, twApi: {...b.credentials.twApi, baseUrl:'https://nowhere.invalid'}};
  const t2 = performance.now();
  const r = await b.run('twOrder', createParameters({options:{timeout:2}}), [{no:'C'}], {credentials:c});
  console.log(r.error?.message, performance.now()-t2);
  await b.close();
})();
