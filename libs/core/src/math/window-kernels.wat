;; The loops over a window's samples that run for every example of every batch: Float32 samples, worked on in Float64.
;; Assembled into window-kernels-binary.ts by: npx tsx tools/assemble-kernels.ts
(module
  (memory (export "memory") 1)

  ;; Resamples $count rows of $channels samples each, from $from to $to: row t is read at m + (t - m) / $stretch, with m
  ;; the middle row, linear between rows. A place beyond an end is read as far from it on this side.
  (func (export "stretchRows")
    (param $from i32) (param $to i32) (param $count i32) (param $channels i32) (param $stretch f64)
    (local $last f64) (local $middle f64) (local $time f64) (local $place f64) (local $before f64) (local $share f64)
    (local $left i32) (local $row i32) (local $step i32) (local $end i32) (local $value f64)
    (local.set $last (f64.convert_i32_s (i32.sub (local.get $count) (i32.const 1))))
    (local.set $middle (f64.div (local.get $last) (f64.const 2)))
    (local.set $row (i32.shl (local.get $channels) (i32.const 2)))
    ;; From a sample to the same channel of the next row; there is none when the window is one row.
    (local.set $step (select (local.get $row) (i32.const 0) (f64.gt (local.get $last) (f64.const 0))))
    (loop $rows
      (local.set $place
        (f64.add
          (local.get $middle)
          (f64.div (f64.sub (local.get $time) (local.get $middle)) (local.get $stretch))))
      (if (f64.lt (local.get $place) (f64.const 0))
        (then (local.set $place (f64.min (f64.neg (local.get $place)) (local.get $last)))))
      (if (f64.gt (local.get $place) (local.get $last))
        (then
          (local.set $place
            (f64.max (f64.sub (f64.mul (f64.const 2) (local.get $last)) (local.get $place)) (f64.const 0)))))
      (local.set $before
        (f64.max
          (f64.const 0)
          (f64.min (f64.floor (local.get $place)) (f64.sub (local.get $last) (f64.const 1)))))
      (local.set $share (f64.sub (local.get $place) (local.get $before)))
      (local.set $left
        (i32.add (local.get $from) (i32.mul (i32.trunc_f64_s (local.get $before)) (local.get $row))))
      (local.set $end (i32.add (local.get $to) (local.get $row)))
      (loop $channel
        (local.set $value (f64.promote_f32 (f32.load (local.get $left))))
        (f32.store (local.get $to)
          (f32.demote_f64
            (f64.add
              (local.get $value)
              (f64.mul
                (local.get $share)
                (f64.sub
                  (f64.promote_f32 (f32.load (i32.add (local.get $left) (local.get $step))))
                  (local.get $value))))))
        (local.set $left (i32.add (local.get $left) (i32.const 4)))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (br_if $channel (i32.lt_u (local.get $to) (local.get $end))))
      (local.set $time (f64.add (local.get $time) (f64.const 1)))
      (br_if $rows (f64.le (local.get $time) (local.get $last)))))

  ;; Three sums, to three Float64 numbers at $to: of the samples at $x, at $y and at $z, and of those whole rows of $row
  ;; bytes behind each of them, up to $end.
  (func (export "sumAxes")
    (param $x i32) (param $y i32) (param $z i32) (param $end i32) (param $row i32) (param $to i32)
    (local $sumX f64) (local $sumY f64) (local $sumZ f64)
    (loop $rows
      (local.set $sumX (f64.add (local.get $sumX) (f64.promote_f32 (f32.load (local.get $x)))))
      (local.set $sumY (f64.add (local.get $sumY) (f64.promote_f32 (f32.load (local.get $y)))))
      (local.set $sumZ (f64.add (local.get $sumZ) (f64.promote_f32 (f32.load (local.get $z)))))
      (local.set $y (i32.add (local.get $y) (local.get $row)))
      (local.set $z (i32.add (local.get $z) (local.get $row)))
      (br_if $rows (i32.lt_u (local.tee $x (i32.add (local.get $x) (local.get $row))) (local.get $end))))
    (f64.store (local.get $to) (local.get $sumX))
    (f64.store offset=8 (local.get $to) (local.get $sumY))
    (f64.store offset=16 (local.get $to) (local.get $sumZ)))

  ;; a <- T a + rest + noise for the axes at $x, $y and $z of every row up to $end. At $numbers, in Float64: the rows of
  ;; T, the three rests, and what noise is multiplied by. Noise is picked from the Float32 numbers at $normals by 16 bits
  ;; for each sample, which begin at $draws.
  (func (export "turnAxes")
    (param $x i32) (param $y i32) (param $z i32) (param $end i32) (param $row i32)
    (param $numbers i32) (param $normals i32) (param $draws i32)
    (local $a f64) (local $b f64) (local $c f64) (local $d f64) (local $e f64) (local $f f64)
    (local $g f64) (local $h f64) (local $i f64) (local $restX f64) (local $restY f64) (local $restZ f64)
    (local $noise f64) (local $oldX f64) (local $oldY f64) (local $oldZ f64)
    (local.set $a (f64.load (local.get $numbers)))
    (local.set $b (f64.load offset=8 (local.get $numbers)))
    (local.set $c (f64.load offset=16 (local.get $numbers)))
    (local.set $d (f64.load offset=24 (local.get $numbers)))
    (local.set $e (f64.load offset=32 (local.get $numbers)))
    (local.set $f (f64.load offset=40 (local.get $numbers)))
    (local.set $g (f64.load offset=48 (local.get $numbers)))
    (local.set $h (f64.load offset=56 (local.get $numbers)))
    (local.set $i (f64.load offset=64 (local.get $numbers)))
    (local.set $restX (f64.load offset=72 (local.get $numbers)))
    (local.set $restY (f64.load offset=80 (local.get $numbers)))
    (local.set $restZ (f64.load offset=88 (local.get $numbers)))
    (local.set $noise (f64.load offset=96 (local.get $numbers)))
    (loop $rows
      (local.set $oldX (f64.promote_f32 (f32.load (local.get $x))))
      (local.set $oldY (f64.promote_f32 (f32.load (local.get $y))))
      (local.set $oldZ (f64.promote_f32 (f32.load (local.get $z))))
      (f32.store (local.get $x)
        (f32.demote_f64
          (f64.add
            (f64.add
              (f64.add
                (f64.add
                  (f64.mul (local.get $a) (local.get $oldX))
                  (f64.mul (local.get $b) (local.get $oldY)))
                (f64.mul (local.get $c) (local.get $oldZ)))
              (local.get $restX))
            (f64.mul
              (local.get $noise)
              (f64.promote_f32
                (f32.load
                  (i32.add
                    (local.get $normals)
                    (i32.shl (i32.load16_u (local.get $draws)) (i32.const 2)))))))))
      (f32.store (local.get $y)
        (f32.demote_f64
          (f64.add
            (f64.add
              (f64.add
                (f64.add
                  (f64.mul (local.get $d) (local.get $oldX))
                  (f64.mul (local.get $e) (local.get $oldY)))
                (f64.mul (local.get $f) (local.get $oldZ)))
              (local.get $restY))
            (f64.mul
              (local.get $noise)
              (f64.promote_f32
                (f32.load
                  (i32.add
                    (local.get $normals)
                    (i32.shl (i32.load16_u offset=2 (local.get $draws)) (i32.const 2)))))))))
      (f32.store (local.get $z)
        (f32.demote_f64
          (f64.add
            (f64.add
              (f64.add
                (f64.add
                  (f64.mul (local.get $g) (local.get $oldX))
                  (f64.mul (local.get $h) (local.get $oldY)))
                (f64.mul (local.get $i) (local.get $oldZ)))
              (local.get $restZ))
            (f64.mul
              (local.get $noise)
              (f64.promote_f32
                (f32.load
                  (i32.add
                    (local.get $normals)
                    (i32.shl (i32.load16_u offset=4 (local.get $draws)) (i32.const 2)))))))))
      (local.set $draws (i32.add (local.get $draws) (i32.const 6)))
      (local.set $y (i32.add (local.get $y) (local.get $row)))
      (local.set $z (i32.add (local.get $z) (local.get $row)))
      (br_if $rows (i32.lt_u (local.tee $x (i32.add (local.get $x) (local.get $row))) (local.get $end)))))

  ;; Copies $count samples that stand $fromStep bytes apart to where they stand $toStep bytes apart, each as
  ;; (sample - $centre) * $factor.
  (func (export "scaleColumn")
    (param $from i32) (param $fromStep i32) (param $to i32) (param $toStep i32) (param $count i32)
    (param $centre f64) (param $factor f64)
    (loop $rows
      (f32.store (local.get $to)
        (f32.demote_f64
          (f64.mul
            (f64.sub (f64.promote_f32 (f32.load (local.get $from))) (local.get $centre))
            (local.get $factor))))
      (local.set $from (i32.add (local.get $from) (local.get $fromStep)))
      (local.set $to (i32.add (local.get $to) (local.get $toStep)))
      (br_if $rows (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; Magnitude m, vertical part v and horizontal part h of the axes at $x, $y and $z of $count rows of $row bytes, as
  ;; three vectors of $count samples one behind the other at $to, each as (value - centre) * factor. At $numbers, in
  ;; Float64: the unit vector of gravity, then centre and factor of m, of v and of h.
  (func (export "orientationFree")
    (param $x i32) (param $y i32) (param $z i32) (param $row i32) (param $count i32)
    (param $to i32) (param $numbers i32)
    (local $toV i32) (local $toH i32)
    (local $gravityX f64) (local $gravityY f64) (local $gravityZ f64)
    (local $centreM f64) (local $factorM f64) (local $centreV f64) (local $factorV f64)
    (local $centreH f64) (local $factorH f64)
    (local $a f64) (local $b f64) (local $c f64) (local $square f64) (local $up f64)
    (local.set $toV (i32.add (local.get $to) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $toH (i32.add (local.get $toV) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $gravityX (f64.load (local.get $numbers)))
    (local.set $gravityY (f64.load offset=8 (local.get $numbers)))
    (local.set $gravityZ (f64.load offset=16 (local.get $numbers)))
    (local.set $centreM (f64.load offset=24 (local.get $numbers)))
    (local.set $factorM (f64.load offset=32 (local.get $numbers)))
    (local.set $centreV (f64.load offset=40 (local.get $numbers)))
    (local.set $factorV (f64.load offset=48 (local.get $numbers)))
    (local.set $centreH (f64.load offset=56 (local.get $numbers)))
    (local.set $factorH (f64.load offset=64 (local.get $numbers)))
    (loop $rows
      (local.set $a (f64.promote_f32 (f32.load (local.get $x))))
      (local.set $b (f64.promote_f32 (f32.load (local.get $y))))
      (local.set $c (f64.promote_f32 (f32.load (local.get $z))))
      (local.set $square
        (f64.add
          (f64.add (f64.mul (local.get $a) (local.get $a)) (f64.mul (local.get $b) (local.get $b)))
          (f64.mul (local.get $c) (local.get $c))))
      (local.set $up
        (f64.add
          (f64.add
            (f64.mul (local.get $a) (local.get $gravityX))
            (f64.mul (local.get $b) (local.get $gravityY)))
          (f64.mul (local.get $c) (local.get $gravityZ))))
      (f32.store (local.get $to)
        (f32.demote_f64
          (f64.mul (f64.sub (f64.sqrt (local.get $square)) (local.get $centreM)) (local.get $factorM))))
      (f32.store (local.get $toV)
        (f32.demote_f64 (f64.mul (f64.sub (local.get $up) (local.get $centreV)) (local.get $factorV))))
      ;; Rounding can make the difference of the squares a little less than nothing.
      (f32.store (local.get $toH)
        (f32.demote_f64
          (f64.mul
            (f64.sub
              (f64.sqrt
                (f64.max
                  (f64.const 0)
                  (f64.sub (local.get $square) (f64.mul (local.get $up) (local.get $up)))))
              (local.get $centreH))
            (local.get $factorH))))
      (local.set $x (i32.add (local.get $x) (local.get $row)))
      (local.set $y (i32.add (local.get $y) (local.get $row)))
      (local.set $z (i32.add (local.get $z) (local.get $row)))
      (local.set $to (i32.add (local.get $to) (i32.const 4)))
      (local.set $toV (i32.add (local.get $toV) (i32.const 4)))
      (local.set $toH (i32.add (local.get $toH) (i32.const 4)))
      (br_if $rows (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))
