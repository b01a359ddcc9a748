;; The loops over whole vectors that JavaScript is slow at.
;; Assembled into vector-kernels-binary.ts by: npx tsx tools/assemble-kernels.ts
(module
  (memory (export "memory") 1)

  ;; The bits of the largest magnitude among the Float32 numbers from $at up to $end, a multiple of 16 bytes later.
  ;; Without their signs, Float32 numbers have the order of their bits read as integers, Infinity and NaN above the rest.
  (func (export "largestMagnitude") (param $at i32) (param $end i32) (result i32)
    (local $largest v128)
    (loop $next
      (local.set $largest
        (i32x4.max_u
          (local.get $largest)
          (v128.and
            (v128.load (local.get $at))
            (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    ;; Fold the halves, then the two that are left.
    (local.set $largest
      (i32x4.max_u (local.get $largest)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $largest) (local.get $largest))))
    (local.set $largest
      (i32x4.max_u (local.get $largest)
        (i8x16.shuffle 4 5 6 7 0 1 2 3 12 13 14 15 8 9 10 11 (local.get $largest) (local.get $largest))))
    (i32x4.extract_lane 0 (local.get $largest)))

  ;; sum += (weight * value + rounder) - rounder, for the Float32 values from $at up to $end, a multiple of 16 bytes
  ;; later, and the Float64 sums from $sum.
  (func (export "addRounded")
    (param $sum i32) (param $at i32) (param $end i32) (param $weight f64) (param $rounder f64)
    (local $weights v128) (local $rounders v128) (local $values v128)
    (local.set $weights (f64x2.splat (local.get $weight)))
    (local.set $rounders (f64x2.splat (local.get $rounder)))
    (loop $next
      (local.set $values (v128.load (local.get $at)))
      (v128.store (local.get $sum)
        (f64x2.add
          (v128.load (local.get $sum))
          (f64x2.sub
            (f64x2.add
              (f64x2.mul (local.get $weights) (f64x2.promote_low_f32x4 (local.get $values)))
              (local.get $rounders))
            (local.get $rounders))))
      (local.set $values
        (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $values) (local.get $values)))
      (v128.store offset=16 (local.get $sum)
        (f64x2.add
          (v128.load offset=16 (local.get $sum))
          (f64x2.sub
            (f64x2.add
              (f64x2.mul (local.get $weights) (f64x2.promote_low_f32x4 (local.get $values)))
              (local.get $rounders))
            (local.get $rounders))))
      (local.set $sum (i32.add (local.get $sum) (i32.const 32)))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end)))))

  ;; Fills the words from $at up to $end by sfc32, whose four words of state begin at $state.
  (func (export "drawWords") (param $state i32) (param $at i32) (param $end i32)
    (local $a i32) (local $b i32) (local $c i32) (local $counter i32) (local $sum i32)
    (local.set $a (i32.load (local.get $state)))
    (local.set $b (i32.load offset=4 (local.get $state)))
    (local.set $c (i32.load offset=8 (local.get $state)))
    (local.set $counter (i32.load offset=12 (local.get $state)))
    (loop $next
      (local.set $sum (i32.add (i32.add (local.get $a) (local.get $b)) (local.get $counter)))
      (local.set $counter (i32.add (local.get $counter) (i32.const 1)))
      (local.set $a (i32.xor (local.get $b) (i32.shr_u (local.get $b) (i32.const 9))))
      (local.set $b (i32.add (local.get $c) (i32.shl (local.get $c) (i32.const 3))))
      (local.set $c (i32.add (i32.rotl (local.get $c) (i32.const 21)) (local.get $sum)))
      (i32.store (local.get $at) (local.get $sum))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (i32.store (local.get $state) (local.get $a))
    (i32.store offset=4 (local.get $state) (local.get $b))
    (i32.store offset=8 (local.get $state) (local.get $c))
    (i32.store offset=12 (local.get $state) (local.get $counter)))

  ;; Drops values of a mask: each half of the random words from $words up to $end picks, from 65,536 entries of $steps,
  ;; how far it is from one dropped byte to the next. Ends early beyond $last; gives the last byte that it dropped.
  (func (export "dropBytes")
    (param $steps i32) (param $words i32) (param $end i32) (param $byte i32) (param $last i32) (result i32)
    (local $word i32)
    (loop $next
      (local.set $word (i32.load (local.get $words)))
      (local.set $byte
        (i32.add
          (local.get $byte)
          (i32.load
            (i32.add (local.get $steps) (i32.shl (i32.and (local.get $word) (i32.const 0xffff)) (i32.const 2))))))
      (i32.store8 (local.get $byte) (i32.const 0))
      (local.set $byte
        (i32.add
          (local.get $byte)
          (i32.load (i32.add (local.get $steps) (i32.shl (i32.shr_u (local.get $word) (i32.const 16)) (i32.const 2))))))
      (i32.store8 (local.get $byte) (i32.const 0))
      (local.set $words (i32.add (local.get $words) (i32.const 4)))
      (br_if $next
        (i32.and
          (i32.lt_u (local.get $words) (local.get $end))
          (i32.lt_u (local.get $byte) (local.get $last)))))
    (local.get $byte))

  ;; The remainder of a cyclic redundancy check after the bytes from $at up to $end, a multiple of 8 later. The eight
  ;; tables of its remainders, each of 256 words, begin at 0.
  (func (export "remainderAfter") (param $at i32) (param $end i32) (param $remainder i32) (result i32)
    (local $first i32) (local $second i32)
    (loop $next
      (local.set $first (i32.xor (local.get $remainder) (i32.load (local.get $at))))
      (local.set $second (i32.load offset=4 (local.get $at)))
      (local.set $remainder
        (i32.xor
          (i32.xor
            (i32.xor
              (i32.load offset=7168 (i32.shl (i32.and (local.get $first) (i32.const 255)) (i32.const 2)))
              (i32.load offset=6144 (i32.shl (i32.and (i32.shr_u (local.get $first) (i32.const 8)) (i32.const 255)) (i32.const 2))))
            (i32.xor
              (i32.load offset=5120 (i32.shl (i32.and (i32.shr_u (local.get $first) (i32.const 16)) (i32.const 255)) (i32.const 2)))
              (i32.load offset=4096 (i32.shl (i32.shr_u (local.get $first) (i32.const 24)) (i32.const 2)))))
          (i32.xor
            (i32.xor
              (i32.load offset=3072 (i32.shl (i32.and (local.get $second) (i32.const 255)) (i32.const 2)))
              (i32.load offset=2048 (i32.shl (i32.and (i32.shr_u (local.get $second) (i32.const 8)) (i32.const 255)) (i32.const 2))))
            (i32.xor
              (i32.load offset=1024 (i32.shl (i32.and (i32.shr_u (local.get $second) (i32.const 16)) (i32.const 255)) (i32.const 2)))
              (i32.load offset=0 (i32.shl (i32.shr_u (local.get $second) (i32.const 24)) (i32.const 2)))))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (local.get $remainder)))
