// JavaScript because a drag must be answered within the frame: it moves the slider of the pillar whose segment is dragged, and the map under the pointer.
'use strict';

(function () {
  const least = 4; // px before a press becomes a drag
  let drag = null;

  document.addEventListener('pointerdown', function (event) {
    if (event.button !== 0 || !event.isPrimary || !(event.target instanceof Element)) return;
    drag = segment(event) || map(event);
    if (drag) Object.assign(drag, { x: event.clientX, y: event.clientY, moved: false });
  });

  document.addEventListener('pointermove', function (event) {
    if (!drag) return;
    const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
    if (!drag.moved && Math.hypot(dx, dy) < least) return;
    drag.moved = true;
    document.documentElement.classList.add('dragging');
    drag.move(dx, dy);
  });

  for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, function (event) {
    const ended = drag;
    drag = null;
    if (!ended || !ended.moved) return;
    document.documentElement.classList.remove('dragging');
    ended.end(event.clientX - ended.x, event.clientY - ended.y);
    // The click that follows is the end of the drag and chooses nothing.
    const swallow = (click) => click.stopPropagation();
    addEventListener('click', swallow, true);
    setTimeout(() => removeEventListener('click', swallow, true), 0);
  });

  document.addEventListener('dragstart', (event) => { if (drag) event.preventDefault(); });

  const tell = (input, type) => input.dispatchEvent(new Event(type, { bubbles: true }));

  // segment is a part of a row's bar: as it grows or shrinks, so does its pillar's weight. A finger has the sliders.
  function segment(event) {
    const rect = event.pointerType !== 'touch' && event.target.closest('#ranking td.bar rect');
    if (!rect || !document.documentElement.classList.contains('wasm-ready')) return null;
    const width = rect.getBoundingClientRect().width;
    const slider = document.querySelectorAll('.slider input')[rect.dataset.tip];
    const weight = Number(slider.value);
    if (!width || !weight) return null;
    event.preventDefault(); // selects no text
    return {
      move: function (dx) {
        const value = String(Math.max(0, Math.min(100, Math.round(weight * (width + dx) / width))));
        if (slider.value === value) return;
        slider.value = value;
        tell(slider, 'input');
      },
      end: () => tell(slider, 'change'),
    };
  }

  // map moves under the pointer once it is enlarged; the program draws it at its new place when it is let go.
  function map(event) {
    const world = event.target.closest('.world.zoomed');
    if (!world || event.target.closest('button')) return null;
    event.preventDefault();
    const box = world.getBoundingClientRect();
    const place = function (transform) { for (const layer of world.querySelectorAll('svg')) layer.style.transform = transform; };
    return {
      move: (dx, dy) => place('translate(' + dx + 'px,' + dy + 'px)'),
      end: function (dx, dy) {
        const drawn = new MutationObserver(settle);
        const late = setTimeout(settle, 400); // where the map stops at its edge nothing is drawn anew
        function settle() {
          drawn.disconnect();
          clearTimeout(late);
          place('');
        }
        drawn.observe(world, { subtree: true, childList: true, attributes: true, attributeFilter: ['cx', 'viewBox'] });
        const input = document.getElementById('map-pan');
        input.value = Math.round(-1000 * dx / box.width) + ' ' + Math.round(-1000 * dy / box.height);
        tell(input, 'change');
      },
    };
  }
})();
