"""FedAvg over two nodes; prints when each round begins, in seconds."""

import time

import numpy as np
from flwr.app import ArrayRecord, Context
from flwr.serverapp import Grid, ServerApp
from flwr.serverapp.strategy import FedAvg

PARAMETERS = 390_606

app = ServerApp()


class TimedFedAvg(FedAvg):
    def configure_train(self, server_round, arrays, config, grid):
        print("BEGIN", time.perf_counter(), flush=True)
        return super().configure_train(server_round, arrays, config, grid)


@app.main()
def main(grid: Grid, context: Context) -> None:
    strategy = TimedFedAvg(fraction_train=1.0, fraction_evaluate=0.0, min_train_nodes=2, min_available_nodes=2)
    arrays = ArrayRecord([np.zeros(PARAMETERS, np.float32)])
    strategy.start(grid=grid, initial_arrays=arrays, num_rounds=context.run_config["rounds"])
