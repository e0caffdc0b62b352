// A picture that was added to the manual is shown as a picture; what leads elsewhere stays as it is written.
import { make } from "./dom.js";

const PICTURE = /^!\[([^\]]*)\]\(<?\/(files\/[^)>\s]+)>?\)$/;

export const pictureView = (filesUrl) => (node) => {
  const found = filesUrl && PICTURE.exec(node.attrs.source);
  const dom = make("span", { class: found ? "picture" : "as-written", "data-source": node.attrs.source });
  if (found) dom.append(make("img", { src: filesUrl + found[2], alt: found[1] }));
  else dom.textContent = node.attrs.source;
  return { dom };
};
