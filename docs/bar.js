// The bar at the top of each page of the book, for people who use a keyboard or a screen reader. mdBook opens the list of chapters
// with a label, which no key reaches and which may not say whether the list is open. Here it is a button.
{
  const list = document.getElementById("mdbook-sidebar-toggle-anchor");
  const label = document.getElementById("mdbook-sidebar-toggle");
  const button = document.createElement("button");
  button.type = "button";
  for (const { name, value } of label.attributes) {
    if (name !== "for") button.setAttribute(name, value);
  }
  button.append(...label.childNodes);
  // mdBook still listens to its label, and tells it whether the list is open.
  button.addEventListener("click", () => (label.click(), list.click()));
  const tell = () => button.setAttribute("aria-expanded", label.getAttribute("aria-expanded"));
  new MutationObserver(tell).observe(label, { attributes: true });
  label.replaceWith(button);
  document.getElementById("mdbook-menu-bar").setAttribute("role", "banner");
}
