"""Flower's SecAgg+ without training: answers each pair of clients and parameters with the seconds of a round.

The clients and the server take turns in this process, without sockets: what is left is their cryptography and arithmetic.
"""

import copy
import os
import sys
import time

os.environ["FLWR_TELEMETRY_ENABLED"] = "0"

import numpy as np
from flwr.app import ArrayRecord, ConfigRecord, Context, RecordDict
from flwr.client import ClientApp, NumPyClient
from flwr.client.mod import secaggplus_mod
from flwr.server import LegacyContext, SimpleClientManager
from flwr.server.client_proxy import ClientProxy
from flwr.server.strategy import FedAvg
from flwr.server.workflow import SecAggPlusWorkflow
from flwr.server.workflow.constant import MAIN_CONFIGS_RECORD, MAIN_PARAMS_RECORD, Key
from flwr.supercore.task_identity import TaskIdentity


class Idle(NumPyClient):
    def fit(self, parameters, config):
        return parameters, 1, {}


class Node(ClientProxy):
    """A name for a client; the workflow asks it for nothing."""

    def __init__(self, node_id):
        super().__init__(str(node_id))
        self.node_id = node_id

    def _unused(self, *_):
        raise NotImplementedError

    get_properties = get_parameters = fit = evaluate = reconnect = _unused


class InProcess:
    """Hands each message to its client at once."""

    def __init__(self, nodes):
        self.app = ClientApp(client_fn=lambda context: Idle().to_client(), mods=[secaggplus_mod])
        self.contexts = {node: new_context(node) for node in nodes}

    def send_and_receive(self, messages, *, timeout=None):
        return [self.answer(message) for message in messages]

    def answer(self, message):
        message.content = copy.deepcopy(message.content)  # clients take entries out of what all of them are sent
        return self.app(message, self.contexts[message.metadata.dst_node_id])


TaskIdentity.run_id, TaskIdentity.task_id, TaskIdentity.node_id = 1, 1, 1


def new_context(node):
    return Context(run_id=1, node_id=node, node_config={}, state=RecordDict(), run_config={})


def seconds_of(clients, parameters):
    strategy = FedAvg(fraction_fit=1.0, min_fit_clients=clients, min_available_clients=clients)
    manager = SimpleClientManager()
    nodes = list(range(1, clients + 1))
    for node in nodes:
        manager.register(Node(node))
    context = LegacyContext(new_context(0), strategy=strategy, client_manager=manager)
    context.state.config_records[MAIN_CONFIGS_RECORD] = ConfigRecord({Key.CURRENT_ROUND: 1})
    context.state.array_records[MAIN_PARAMS_RECORD] = ArrayRecord([np.zeros(parameters, np.float32)])
    workflow = SecAggPlusWorkflow(num_shares=1.0, reconstruction_threshold=0.67)
    grid = InProcess(nodes)
    start = time.perf_counter()
    workflow(grid, context)
    return time.perf_counter() - start


for line in sys.stdin:
    print(seconds_of(*map(int, line.split())), flush=True)
