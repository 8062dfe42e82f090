// Turn each chart of a document into a picture of its own, which prints whole; without this its description stands.
(async () => {
  const main = document.querySelector("main");
  for (const place of document.querySelectorAll(".chart")) {
    const figure = JSON.parse(place.querySelector("script").textContent);
    const size = { width: Number(place.dataset.width), height: Number(place.dataset.height) };
    const picture = document.createElement("img");
    picture.alt = place.getAttribute("aria-label");
    picture.width = size.width;
    picture.height = size.height;
    picture.src = await Plotly.toImage(figure, { format: "svg", ...size });
    await picture.decode();
    place.removeAttribute("role");
    place.removeAttribute("aria-label");
    place.replaceChildren(picture);
  }
  main.setAttribute("aria-busy", "false");
})();
