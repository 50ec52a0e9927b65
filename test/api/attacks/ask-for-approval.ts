import { temporary, type Scene } from './scene.ts';

/** The open request in a case. */
export const requestOf = (view: { approval: { request: { id: string } | null } }) =>
  view.approval.request?.id ?? '';

/** Makes every tier need an approval from now on. */
export const needFourEyes = (scene: Scene) =>
  scene.changePolicy(({ approvals }) => ({ approvals: { ...approvals, tiers: ['standard'] } }));

/** A verified case in which an approver has been asked. */
export const asked = async (scene: Scene, action = temporary) => {
  await needFourEyes(scene);
  const view = await scene.verified(scene.olga);
  return (await scene.ask(scene.olga, view, action)).body;
};

/** The same with an approval. */
export const approved = async (scene: Scene, action = temporary) => {
  const view = await asked(scene, action);
  await scene.decide(scene.petra, requestOf(view), 'approve');
  return view;
};
