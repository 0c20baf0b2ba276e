import AkashiBrowser

/// Makes a page stand still, so that it looks the same when it is drawn again: the clock, chance, and everything that moves.
///
/// The same script runs while the page is captured and while it is drawn again. The clock shows the true time of the
/// capture; it only stands still until the page has loaded, and again from the moment of the picture on.
struct Stillness: Sendable {
    /// When the page began to load, in milliseconds since 1970.
    let start: Int64
    /// The seed of chance; the same in every capture.
    static let seed = 20_260_613

    /// What runs before anything of the page.
    var script: String {
        """
        (() => {
          if (self.__still) return;
          const RealDate = Date, start = \(start);
          let moving = 0, held = 0, looks = 0;
          const now = () => {
            if (held) return held;
            // A page that waits in a loop for the clock to go on gets it to go on.
            if (!moving) return ++looks > 20000 ? start + Math.floor((looks - 20000) / 20) : start;
            return start + Math.floor(performance.now() - moving);
          };
          const StillDate = function (...parts) {
            if (!new.target) return new RealDate(now()).toString();
            return Reflect.construct(RealDate, parts.length ? parts : [now()], new.target);
          };
          StillDate.prototype = RealDate.prototype;
          Object.setPrototypeOf(StillDate, RealDate);
          StillDate.now = now; StillDate.parse = RealDate.parse; StillDate.UTC = RealDate.UTC;
          RealDate.prototype.constructor = StillDate;
          self.Date = StillDate;
          let state = \(Self.seed) | 0;
          Math.random = () => {
            state = (state + 0x6D2B79F5) | 0;
            let t = Math.imul(state ^ (state >>> 15), 1 | state);
            t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
            return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
          };
          const intervals = new Map(), setEvery = self.setInterval, clearEvery = self.clearInterval;
          self.setInterval = (work, wait, ...rest) => {
            const id = setEvery(work, wait, ...rest);
            if (typeof work === 'function') intervals.set(id, () => work(...rest));
            return id;
          };
          self.clearInterval = (id) => { intervals.delete(id); clearEvery(id); };
          addEventListener('load', () => { moving = performance.now(); }, { once: true, capture: true });
          Object.defineProperty(self, '__still', { value: {
            elapsed: () => moving ? Math.floor(performance.now() - moving) : 0,
            hold: (elapsed) => {
              held = start + elapsed;
              for (const [id, work] of intervals) { clearEvery(id); try { work(); } catch (e) {} }
              if (!document.documentElement) return;
              const style = document.createElement('style');
              style.textContent = '*,*::before,*::after{caret-color:transparent!important;scroll-behavior:auto!important}';
              document.documentElement.appendChild(style);
              for (const a of document.getAnimations()) {
                try {
                  const end = a.effect ? a.effect.getComputedTiming().endTime : 0;
                  if (end === Infinity) { a.pause(); a.currentTime = 0; } else { a.finish(); }
                } catch (e) { try { a.cancel(); } catch (f) {} }
              }
              for (const v of document.querySelectorAll('video,audio')) { try { v.pause(); v.currentTime = 0; } catch (e) {} }
              if (document.activeElement && document.activeElement.blur) document.activeElement.blur();
            },
          } });
        })();
        """
    }
}
