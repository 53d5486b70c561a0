/** `draw`, but each thing is drawn once, however often it is shown. Neither the thing nor its drawing may be changed afterwards. */
export function drawnOnce<T extends object, D extends object>(draw: (thing: T) => D): (thing: T) => D {
  const drawings = new WeakMap<T, D>();
  return (thing) => {
    const drawing = drawings.get(thing) ?? draw(thing);
    drawings.set(thing, drawing);
    return drawing;
  };
}
