"""Makes array-files.json: files as NumPy, SciPy and PyArrow write them, for the tests of the readers.

pip install numpy scipy pandas pyarrow; python make-array-files.py > array-files.json
"""

import base64
import io
import json
import zipfile

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import scipy.io

rows = np.arange(20)
acc = np.stack([rows / 64 - 0.25, 1 - rows / 128, (rows % 5) / 32], 1)
labels = np.where(rows < 10, "walk", "sit")
files = {}


def keep(name, write):
    target = io.BytesIO()
    write(target)
    files[name] = base64.b64encode(target.getvalue()).decode()


keep("npyFloat64", lambda file: np.save(file, acc))
keep("npyByColumns", lambda file: np.save(file, np.asfortranarray(acc.astype("f4"))))
keep("npyBigEndian", lambda file: np.save(file, (acc * 128).astype(">i2")))
keep("npyHalf", lambda file: np.save(file, acc.astype("f2")))
table = np.zeros(20, dtype=[("t", "<i8"), ("x", "<f4"), ("y", "<f4"), ("z", "<f4"), ("who", "<U3"), ("label", "S4")])
table["t"], table["who"], table["label"] = 20 * rows, "ann", labels
table["x"], table["y"], table["z"] = acc.T
keep("npyTable", lambda file: np.save(file, table))
keep("npz", lambda file: np.savez_compressed(file, acc=acc, t=20 * rows, label=labels, who=np.array("ann")))
windows = np.arange(36).reshape(3, 4, 3) / 64
keep("npzWindows", lambda file: np.savez(file, X=windows, y=[5, 5, 1], subject=[1, 1, 3]))
usc_had = {
    "title": "USC Human Motion Database",
    "subject": "1",
    "age": "23",
    "activity": "walking-forward",
    "activity_number": "1",
    "trial": "2",
    "sensor_location": "front-right-hip",
    "sensor_orientation": np.array(["x forward", "y left"], dtype=object),
    "sensor_readings": np.hstack([acc, 10 * acc]),
}
keep("matUscHad", lambda file: scipy.io.savemat(file, usc_had, do_compression=True))
structures = {
    "walk": {"acc": acc.astype("f4"), "fs": 50, "name": "ann"},
    "trials": np.array([{"a": acc[:10]}, {"a": acc[10:]}], dtype=object),
    "list": np.array([(1.0,), (2.0,)], dtype=[("b", "O")]),
    "small": np.int8([[1, 2], [3, 4]]),
    "complex": np.array([1 + 2j]),
    "rows": np.array(["walk", "sit", "lie"]),
}
keep("matStructures", lambda file: scipy.io.savemat(file, structures, do_compression=False))
rows_of_windows = np.arange(453.0).reshape(1, 453) + np.zeros((2, 1))
keep("matUnimibData", lambda file: scipy.io.savemat(file, {"acc_data": rows_of_windows}, do_compression=True))
unimib_labels = {"acc_labels": np.array([[3.0, 7.0, 1.0], [17.0, 30.0, 2.0]])}
keep("matUnimibLabels", lambda file: scipy.io.savemat(file, unimib_labels, do_compression=True))
frame = pd.DataFrame({"time": pd.to_datetime(1698501144401833200 + 20_000_000 * rows, unit="ns")})
frame["x"], frame["y"], frame["z"] = acc[:, 0], acc[:, 1].astype("f4"), acc[:, 2]
frame["who"] = "ann"
frame["label"] = pd.Series([None if row >= 15 else label for row, label in zip(rows, labels)], dtype="category")
arrow = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
for codec in ["snappy", "gzip", "zstd"]:
    keep("parquet" + codec.capitalize(), lambda file: pq.write_table(arrow, file, compression=codec, version="2.6"))
lists = pa.table({"acc": pa.array([list(row) for row in acc]), "gravity": pa.array([{"x": 1.0} for _ in rows])})
keep("parquetLists", lambda file: pq.write_table(lists, file, compression="none"))


def archive(file):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("ann.csv", "x,y,z\n" + 20 * "0,1,0\n")
        target.writestr("more/", "")
        with target.open(zipfile.ZipInfo("more/bob.csv"), "w", force_zip64=True) as inner:
            inner.write(b"x,y,z\n" + 10 * b"0,1,0\n")


keep("zip", archive)
print(json.dumps({"origin": "make-array-files.py beside this file", **files}, indent=2))
