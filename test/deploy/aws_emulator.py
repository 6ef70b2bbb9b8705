"""moto_server plus AWS operations that moto 5.2.1 lacks. Usage: python3 aws_emulator.py PORT [--until-stdin-closes]

How it hooks in: moto dispatches every request to a method named after the operation in snake_case on the
service's Response class, so adding a method there adds the operation. Returning ActionResult(dict) lets moto
serialise the dict (keys = AWS API member names) in the service's own wire protocol from botocore's model.
State lives in attributes created lazily on moto's own backend, so POST /moto-api/reset clears it too.
REST services also need their URL listed in urls.url_paths; query/JSON-RPC services ("POST /") do not."""
import collections, datetime, ipaddress, json, os, re, sys, threading, traceback, uuid

for name in ("MOTO_IAM_LOAD_MANAGED_POLICIES", "MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION", "MOTO_ENABLE_AMI_VALIDATION"):
    os.environ.setdefault(name, "true")  # moto reads these at import; without the first arn:aws:iam::aws:policy/... is unknown

from urllib.parse import unquote

import dateutil.parser

from botocore.exceptions import ClientError
from werkzeug.exceptions import HTTPException

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse, EmptyResult
from moto.core.utils import get_service_model


def op(cls):
    """Class decorator's helper: add each public function of a namespace class to Response class cls."""
    def add(ns):
        for name, fn in vars(ns).items():
            if not name.startswith("__"):
                setattr(cls, name, fn)
        return ns
    return add


class AwsError(ServiceException):
    __module__ = "ext"  # moto derives a service from "moto.<service>"; anything else skips that lookup


def store(backend, name):
    return backend.__dict__.setdefault("_ext_" + name, {})


def hexid(n=17):
    return uuid.uuid4().hex[:n]


def now():
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


# ---- an operation moto lacks fails at once (501 is not retried by the SDK) with a readable error ----------
_call_action = BaseResponse.call_action


def epoch(shape, value):
    """JSON protocols: the Go SDK wants timestamps as numbers, several moto services answer ISO strings."""
    if shape.type_name == "timestamp" and isinstance(value, str) and shape.serialization.get("timestampFormat") in (None, "unixTimestamp"):
        return dateutil.parser.parse(value).replace(tzinfo=datetime.timezone.utc).timestamp()
    if shape.type_name == "structure" and isinstance(value, dict):
        names = {m.serialization.get("name", n): m for n, m in shape.members.items()}
        return {k: epoch(names[k], v) if k in names else v for k, v in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [epoch(shape.member, v) for v in value]
    return value


def call_action(self):
    try:
        status, headers, body = _call_action(self)
        if isinstance(body, str) and body.startswith("{"):
            model = get_service_model(self.boto3_service_name)
            shape = model.operation_model(self._get_action()).output_shape
            if "json" in model.protocol and shape is not None and not shape.serialization.get("payload"):
                body = json.dumps(epoch(shape, json.loads(body)))
        return status, headers, body
    except (ClientError, HTTPException):
        raise
    except Exception as e:  # without this: an HTML page with status 500, retried 25 times over many minutes
        name = f"{self.service_name}:{self._get_action()}"
        lacking = isinstance(e, NotImplementedError)
        with open(os.environ.get("AWS_EMULATOR_LOG", os.devnull), "a") as f:
            f.write(f"{'lacks' if lacking else 'fails'} {name} {e!r}\n")
        if not lacking:
            traceback.print_exc()
        error = AwsError("NotImplemented" if lacking else "MotoError", f"moto lacks {name}" if lacking else f"moto failed in {name}: {e!r}")
        status, headers, body = self.serialized(ActionResult(error))
        return 501, {**headers, "status": "501"}, body


BaseResponse.call_action = call_action

# ---- EC2: VPN connections ---------------------------------------------------------------------------------
from moto.ec2.models.iam_instance_profile import IamInstanceProfileAssociationBackend
from moto.ec2.models.route_tables import RouteTable
from moto.ec2.models.vpn_connections import VPNConnection
from moto.ec2.responses import EC2Response

TUNNEL_XML = """<ipsec_tunnel>
<customer_gateway><tunnel_outside_address><ip_address>{cgw_ip}</ip_address></tunnel_outside_address>
<tunnel_inside_address><ip_address>{cgw_in}</ip_address><network_mask>255.255.255.252</network_mask><network_cidr>30</network_cidr></tunnel_inside_address>
<bgp><asn>{cgw_asn}</asn><hold_time>30</hold_time></bgp></customer_gateway>
<vpn_gateway><tunnel_outside_address><ip_address>{out}</ip_address></tunnel_outside_address>
<tunnel_inside_address><ip_address>{vgw_in}</ip_address><network_mask>255.255.255.252</network_mask><network_cidr>30</network_cidr></tunnel_inside_address>
<bgp><asn>{aws_asn}</asn><hold_time>30</hold_time></bgp></vpn_gateway>
<ike><pre_shared_key>{psk}</pre_shared_key></ike></ipsec_tunnel>"""
# members whose request spelling differs from the response spelling
RENAME = {"IKEVersions": "IkeVersions", "DPDTimeoutSeconds": "DpdTimeoutSeconds", "DPDTimeoutAction": "DpdTimeoutAction"}


def tunnel(spec, outside, inside):
    t = {"OutsideIpAddress": outside, "TunnelInsideCidr": inside, "PreSharedKey": "psk" + hexid(29)}
    t.update({RENAME.get(k, k): v for k, v in (spec or {}).items() if v not in (None, [])})
    return t


def vpn_xml(self):
    cgw = self.ec2_backend.get_customer_gateway(self.customer_gateway_id)
    gw = self.ec2_backend.vpn_gateways.get(self.vpn_gateway_id) or self.ec2_backend.transit_gateways.get(self.transit_gateway_id)
    asn = getattr(gw, "amazon_side_asn", None) or 64512
    parts = []
    for t in self.options["TunnelOptions"]:
        a, b, c, d = t["TunnelInsideCidr"].split("/")[0].split(".")
        parts.append(TUNNEL_XML.format(cgw_ip=cgw.ip_address, cgw_asn=cgw.bgp_asn, aws_asn=asn, out=t["OutsideIpAddress"], psk=t["PreSharedKey"],
                                       vgw_in=f"{a}.{b}.{c}.{int(d) + 1}", cgw_in=f"{a}.{b}.{c}.{int(d) + 2}"))
    return f'<vpn_connection id="{self.id}">' + "".join(parts) + "</vpn_connection>"


def vpn_filter(self, name, method_name=None):
    simple = {"vpn-connection-id": self.id, "state": self.state, "type": self.type, "vpn-gateway-id": self.vpn_gateway_id,
              "transit-gateway-id": self.transit_gateway_id, "customer-gateway-id": self.customer_gateway_id}
    if name in simple:
        return simple[name]
    if name == "route.destination-cidr-block":
        return [r["DestinationCidrBlock"] for r in self.routes]
    return super(VPNConnection, self).get_filter_value(name, "DescribeVpnConnections")


VPNConnection.customer_gateway_configuration = property(vpn_xml)
VPNConnection.get_filter_value = vpn_filter
_create_vpn_connection = EC2Response.create_vpn_connection


def vpn(self):
    conn = self.ec2_backend.vpn_connections.get(self._get_param("VpnConnectionId"))
    if conn is None or conn.state == "deleted":
        raise AwsError("InvalidVpnConnectionID.NotFound", f"The vpnConnection ID '{self._get_param('VpnConnectionId')}' does not exist")
    return conn


@op(EC2Response)
class _:
    def create_vpn_connection(self):
        result = _create_vpn_connection(self)
        conn, spec = result.result["VpnConnection"], dict(self._get_param("Options", {}) or {})
        n = len(self.ec2_backend.vpn_connections) * 2
        specs = (spec.pop("TunnelOptions", None) or []) + [{}, {}]
        conn.options = {"EnableAcceleration": False, "StaticRoutesOnly": False, "LocalIpv4NetworkCidr": "0.0.0.0/0", "RemoteIpv4NetworkCidr": "0.0.0.0/0",
                        "OutsideIpAddressType": "PublicIpv4", "TunnelInsideIpVersion": "ipv4", **spec,
                        "TunnelOptions": [tunnel(specs[i], f"198.51.100.{n + i}", f"169.254.{100 + n + i}.0/30") for i in (0, 1)]}
        conn.routes, conn.category = [], "VPN"
        conn.vgw_telemetry = [{"OutsideIpAddress": t["OutsideIpAddress"], "Status": "UP", "StatusMessage": "", "AcceptedRouteCount": 0,
                               "LastStatusChange": now()} for t in conn.options["TunnelOptions"]]
        return result

    def create_vpn_connection_route(self):
        conn, cidr = vpn(self), self._get_param("DestinationCidrBlock")
        if not conn.options["StaticRoutesOnly"]:
            raise AwsError("InvalidVpnConnection.InvalidType", "The specified VPN connection does not support static routes")
        conn.routes = [r for r in conn.routes if r["DestinationCidrBlock"] != cidr] + [{"DestinationCidrBlock": cidr, "Source": "Static", "State": "available"}]
        return EmptyResult()

    def delete_vpn_connection_route(self):
        conn, cidr = vpn(self), self._get_param("DestinationCidrBlock")
        conn.routes = [r for r in conn.routes if r["DestinationCidrBlock"] != cidr]
        return EmptyResult()

    def modify_vpn_tunnel_options(self):
        conn, spec = vpn(self), self._get_param("TunnelOptions", {})
        for i, t in enumerate(conn.options["TunnelOptions"]):
            if t["OutsideIpAddress"] == self._get_param("VpnTunnelOutsideIpAddress"):
                t.update({RENAME.get(k, k): v for k, v in spec.items() if v is not None})
        return ActionResult({"VpnConnection": conn})

    def modify_vpn_connection_options(self):
        conn = vpn(self)
        conn.options.update({k: v for k, v in self.params.items() if k.endswith("NetworkCidr")})
        return ActionResult({"VpnConnection": conn})

    def modify_vpn_connection(self):
        conn = vpn(self)
        for key, attr in (("CustomerGatewayId", "customer_gateway_id"), ("VpnGatewayId", "vpn_gateway_id"), ("TransitGatewayId", "transit_gateway_id")):
            if self._get_param(key):
                setattr(conn, attr, self._get_param(key))
        return ActionResult({"VpnConnection": conn})

    # -- propagation of VPN routes into VPC route tables
    def enable_vgw_route_propagation(self):
        table = self.ec2_backend.get_route_table(self._get_param("RouteTableId"))
        gateway = self.ec2_backend.get_vpn_gateway(self._get_param("GatewayId"))
        if not any(a.vpc_id == table.vpc_id and a.state == "attached" for a in gateway.vpc_attachments):
            raise AwsError("Gateway.NotAttached", f"resource {gateway.id} is not attached to {table.vpc_id}")
        store(table, "vgws")[gateway.id] = True
        return EmptyResult()

    def disable_vgw_route_propagation(self):
        store(self.ec2_backend.get_route_table(self._get_param("RouteTableId")), "vgws").pop(self._get_param("GatewayId"), None)
        return EmptyResult()


def propagated(table):
    for gw in store(table, "vgws"):
        for c in table.ec2_backend.vpn_connections.values():
            if c.vpn_gateway_id == gw and c.state == "available":
                yield from ({"DestinationCidrBlock": r["DestinationCidrBlock"], "GatewayId": gw, "Origin": "EnableVgwRoutePropagation", "State": "active"}
                            for r in c.routes)


RouteTable.propagating_vgws = property(lambda t: [{"GatewayId": g} for g in store(t, "vgws")])
RouteTable.routes = property(lambda t: list(t._routes.values()) + list(propagated(t)))

# ---- Step Functions: parsed with moto's own ASL grammar, so broken definitions are refused -------------------
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.responses import StepFunctionResponse


def dangling(machine):
    """Transitions to states that are not there, at every nesting level."""
    states = machine["States"]
    targets = [("StartAt", machine["StartAt"])]
    for name, state in states.items():
        targets += [(name, t) for t in (state.get("Next"), state.get("Default")) if t]
        targets += [(name, x["Next"]) for x in state.get("Choices", []) + state.get("Catch", [])]
        for inner in [*state.get("Branches", []), state.get("ItemProcessor"), state.get("Iterator")]:
            yield from dangling(inner) if inner else ()
    yield from (f"{where} goes to {t}, which is not a state" for where, t in targets if t not in states)


@op(StepFunctionResponse)
class _:
    def validate_state_machine_definition(self):
        try:
            AmazonStateLanguageParser.parse(self._get_param("definition"))
            wrong = list(dangling(json.loads(self._get_param("definition"))))
            diagnostics = [{"severity": "ERROR", "code": "MISSING_TRANSITION_TARGET", "message": m} for m in wrong]
        except Exception as e:
            diagnostics = [{"severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED", "message": str(e)[:500]}]
        return ActionResult({"result": "FAIL" if diagnostics else "OK", "diagnostics": diagnostics, "truncated": False})

    def list_state_machine_versions(self):
        return ActionResult({"stateMachineVersions": []})


# ---- CloudWatch composite alarms -----------------------------------------------------------------------------
from moto.cloudwatch.responses import CloudWatchResponse


@op(CloudWatchResponse)
class _:
    def put_composite_alarm(self):
        p, backend = self.params, self.cloudwatch_backend
        names = re.findall(r"""(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*["']?(.*?)["']?\s*\)""", p["AlarmRule"])
        missing = [n for n in names if n not in backend.alarms and n not in {a.alarm_arn for a in backend.alarms.values()}]
        if missing:
            raise AwsError("ValidationError", f"Could not save the composite alarm as alarms {missing} in the alarm rule do not exist")
        alarm = backend.put_metric_alarm(
            name=p["AlarmName"], rule=p["AlarmRule"], description=p.get("AlarmDescription"), actions_enabled=p.get("ActionsEnabled", True),
            alarm_actions=p.get("AlarmActions", []), ok_actions=p.get("OKActions", []), insufficient_data_actions=p.get("InsufficientDataActions", []),
            tags=p.get("Tags"), dimensions=[],
            **dict.fromkeys(("namespace", "metric_name", "comparison_operator", "evaluation_periods", "period", "threshold", "statistic")))
        for key, attr in (("ActionsSuppressor", "actions_suppressor"), ("ActionsSuppressorWaitPeriod", "actions_suppressor_wait_period"),
                          ("ActionsSuppressorExtensionPeriod", "actions_suppressor_extension_period")):
            setattr(alarm, attr, p.get(key))
        return EmptyResult()

    def delete_alarms(self):
        # As AWS does: an alarm that a composite alarm names stays, unless that one goes in the same call.
        names, backend = self.params["AlarmNames"], self.cloudwatch_backend
        rules = {alarm.name: alarm.rule for alarm in backend.alarms.values() if alarm.rule and alarm.name not in names}
        gathered = [n for n in names for rule in rules.values() if re.search(rf"""\(\s*["']?(?:[^"')]*:alarm:)?{re.escape(n)}["']?\s*\)""", rule)]
        if gathered:
            raise AwsError("ValidationError", f"Cannot delete {gathered}: a composite alarm depends on it")
        backend.delete_alarms(names)
        return EmptyResult()


# ---- AppConfig: environments, deployment strategies, deployments ---------------------------------------------
from moto.appconfig import urls as appconfig_urls
from moto.appconfig.responses import AppConfigResponse

APP = "{0}/applications/(?P<app_id>[^/]+)/environments"
for path in (APP + "$", APP + "/(?P<env_id>[^/]+)$", APP + "/(?P<env_id>[^/]+)/deployments$", APP + "/(?P<env_id>[^/]+)/deployments/(?P<nr>[^/]+)$",
             "{0}/deploymentstrategies$", "{0}/deploymentstrategies/(?P<s_id>[^/]+)$", "{0}/deployementstrategies/(?P<s_id>[^/]+)$"):  # AWS's typo
    appconfig_urls.url_paths[path] = AppConfigResponse.dispatch


def found(table, key, kind):
    if key not in table:
        raise AwsError("ResourceNotFoundException", f"{kind} {key} not found")
    return table[key]


def body(self, *names):
    return {n: self._get_param(n) for n in names if self._get_param(n) is not None}


def envs(self):
    app = self.appconfig_backend.get_application(self._get_param("ApplicationId"))
    return store(app, "environments")


def tag_new(self, suffix):
    arn = f"arn:aws:appconfig:{self.region}:{self.current_account}:{suffix}"
    self.appconfig_backend.tag_resource(arn, self._get_param("Tags") or {})


PREDEFINED = {"AppConfig.AllAtOnce": (0, 10, 100, "LINEAR"), "AppConfig.Linear50PercentEvery30Seconds": (1, 1, 50, "LINEAR"),
              "AppConfig.Canary10Percent20Minutes": (20, 10, 10, "EXPONENTIAL")}
SPEC = ("DeploymentDurationInMinutes", "FinalBakeTimeInMinutes", "GrowthFactor", "GrowthType")


def strategies(self):
    table = store(self.appconfig_backend, "strategies")
    for name, values in PREDEFINED.items():
        table.setdefault(name, {"Id": name, "Name": name, "ReplicateTo": "NONE", **dict(zip(SPEC, values))})
    return table


def app_env(self):
    return found(envs(self), self._get_param("EnvironmentId"), "Environment")


@op(AppConfigResponse)
class _:
    def create_environment(self):
        env = {"Id": hexid(7), "ApplicationId": self._get_param("ApplicationId"), "State": "READY_FOR_DEPLOYMENT", **body(self, "Name", "Description", "Monitors")}
        envs(self)[env["Id"]] = env
        tag_new(self, f"application/{env['ApplicationId']}/environment/{env['Id']}")
        return ActionResult(env)

    def get_environment(self):
        return ActionResult(app_env(self))

    def update_environment(self):
        app_env(self).update(body(self, "Name", "Description", "Monitors"))
        return ActionResult(app_env(self))

    def delete_environment(self):
        envs(self).pop(self._get_param("EnvironmentId"), None)
        return EmptyResult()

    def list_environments(self):
        return ActionResult({"Items": list(envs(self).values())})

    def create_deployment_strategy(self):
        s = {"Id": hexid(7), **body(self, "Name", "Description", "ReplicateTo", *SPEC)}
        strategies(self)[s["Id"]] = s
        tag_new(self, f"deploymentstrategy/{s['Id']}")
        return ActionResult(s)

    def get_deployment_strategy(self):
        return ActionResult(found(strategies(self), self._get_param("DeploymentStrategyId"), "DeploymentStrategy"))

    def update_deployment_strategy(self):
        s = found(strategies(self), self._get_param("DeploymentStrategyId"), "DeploymentStrategy")
        s.update(body(self, "Description", *SPEC))
        return ActionResult(s)

    def delete_deployment_strategy(self):
        strategies(self).pop(self._get_param("DeploymentStrategyId"), None)
        return EmptyResult()

    def list_deployment_strategies(self):
        return ActionResult({"Items": list(strategies(self).values())})

    def start_deployment(self):
        env = app_env(self)
        s = found(strategies(self), self._get_param("DeploymentStrategyId"), "DeploymentStrategy")
        profile = self.appconfig_backend.get_configuration_profile(env["ApplicationId"], self._get_param("ConfigurationProfileId"))
        profile.get_version(int(self._get_param("ConfigurationVersion")))  # must exist
        table = store(self.appconfig_backend, "deployments").setdefault(env["Id"], {})
        d = {"DeploymentNumber": len(table) + 1, "ApplicationId": env["ApplicationId"], "EnvironmentId": env["Id"], "ConfigurationName": profile.name,
             "ConfigurationLocationUri": profile.location_uri, "State": "COMPLETE", "PercentageComplete": 100.0, "StartedAt": now(), "CompletedAt": now(),
             **{k: s[k] for k in SPEC}, **body(self, "DeploymentStrategyId", "ConfigurationProfileId", "ConfigurationVersion", "Description")}
        table[str(d["DeploymentNumber"])] = d
        tag_new(self, f"application/{env['ApplicationId']}/environment/{env['Id']}/deployment/{d['DeploymentNumber']}")
        return ActionResult(d)

    def get_deployment(self):
        table = store(self.appconfig_backend, "deployments").get(app_env(self)["Id"], {})
        return ActionResult(found(table, str(self._get_param("DeploymentNumber")), "Deployment"))

    def stop_deployment(self):
        table = store(self.appconfig_backend, "deployments").get(app_env(self)["Id"], {})
        d = found(table, str(self._get_param("DeploymentNumber")), "Deployment")
        d["State"] = "ROLLED_BACK"
        return ActionResult(d)

    def list_deployments(self):
        table = store(self.appconfig_backend, "deployments").get(app_env(self)["Id"], {})
        return ActionResult({"Items": list(table.values())[::-1]})


# ---- moto answers that make the provider fail or show drift ---------------------------------------------------
import moto.s3.models
from moto.appconfig.models import HostedConfigurationVersion
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.awslambda.models import LambdaFunction
from moto.ec2.models.amis import Ami
from moto.ec2.models.instances import Instance
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.transit_gateway import TransitGateway
from moto.ec2.models.transit_gateway_attachments import TransitGatewayAttachment
from moto.ecs.models import Service as ECSService
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.codedeploy.models import DeploymentGroup
from moto.dms.models import DatabaseMigrationServiceBackend, FakeReplicationSubnetGroup, FakeReplicationTask
from moto.dms.responses import DatabaseMigrationServiceResponse
from moto.rds.models import DBCluster, DBInstance, RDSBackend
from moto.rds.responses import RDSResponse
from moto.route53.models import HealthCheck
from moto.route53.responses import Route53
from moto.route53resolver.models import Route53ResolverBackend
from moto.route53resolver.responses import Route53ResolverResponse
from moto.sqs.models import Queue


def after(cls, name):
    """Wrap cls.name so that fn(self, result, *args) runs on what the original returned."""
    def deco(fn):
        original = getattr(cls, name)

        def wrapper(self, *args, **kwargs):
            result = original(self, *args, **kwargs)
            changed = fn(self, result, *args, **kwargs)
            return result if changed is None else changed
        setattr(cls, name, wrapper)
        return fn
    return deco


def before(cls, name):
    """Run fn(self) ahead of cls.name."""
    def deco(fn):
        original = getattr(cls, name)
        setattr(cls, name, lambda self, *a, **k: (fn(self), original(self, *a, **k))[1])
        return fn
    return deco


@after(DBInstance, "__init__")  # moto gives every instance the same resource id; the provider reads by it
def _(self, *_a, **_k):
    self.dbi_resource_id = "db-" + uuid.uuid4().hex[:26].upper()


@after(EC2Response, "create_customer_gateway")
def _(self, result):
    result.result["CustomerGateway"].device_name = self._get_param("DeviceName")


@after(TransitGateway, "__init__")
def _(self, *_a, **_k):
    for option, key in (("DefaultRouteTableAssociation", "AssociationDefaultRouteTableId"), ("DefaultRouteTablePropagation", "PropagationDefaultRouteTableId")):
        if self.options[option] == "disable":
            self.options.pop(key)


def tgw_association(self):
    rt = self._association_data.get("transitGatewayRouteTableId")
    return {"State": "associated", "TransitGatewayRouteTableId": rt} if rt else None


TransitGatewayAttachment.association = property(tgw_association)


@after(EC2Response, "create_transit_gateway_vpc_attachment")
def _(self, result):
    a = result.result["TransitGatewayVpcAttachment"]
    tgw = self.ec2_backend.transit_gateways[a.transit_gateway_id]
    if tgw.options["DefaultRouteTableAssociation"] == "disable":
        self.ec2_backend.unset_route_table_association(tgw.default_route_table.id, a.id)
    else:
        self.ec2_backend.associate_transit_gateway_route_table(a.id, tgw.default_route_table.id)


@after(HostedConfigurationVersion, "get_headers")
def _(self, result):
    return {k: v for k, v in result.items() if v is not None}


@after(LambdaFunction, "__init__")
def _(self, _r, spec, *_a, **_k):
    self.dead_letter_config = spec.get("DeadLetterConfig")


@after(LambdaFunction, "get_configuration")
def _(self, result, *_a, **_k):
    result["DeadLetterConfig"] = getattr(self, "dead_letter_config", None)


_queue_attributes = Queue.attributes.fget


def queue_attributes(self):  # AWS gives the policy back without spaces
    result = _queue_attributes(self)
    if result.get("RedrivePolicy"):
        result["RedrivePolicy"] = json.dumps(json.loads(result["RedrivePolicy"]), separators=(",", ":"))
    return result


Queue.attributes = property(queue_attributes)


def bucket_permission(self, action, resource):
    """moto takes an unmet Condition for a Deny, so the usual deny-unless-TLS statement would lock the bucket."""
    if self.policy is None:
        return PermissionResult.NEUTRAL
    policy = json.loads(self.policy)
    statements = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
    policy["Statement"] = [x for x in statements if "Condition" not in x]
    return IAMPolicy(json.dumps(policy)).is_action_permitted(action, resource)


moto.s3.models.FakeBucket.get_permission = bucket_permission


@after(EC2Response, "create_transit_gateway_route")  # a dict where AWS has a list: read back as blackhole
def _(self, result):
    route = result.result["route"]
    if isinstance(route.get("transitGatewayAttachments"), dict):
        route["transitGatewayAttachments"] = [route["transitGatewayAttachments"]]


Route53ResolverBackend._matched_arn = lambda self, arn: None  # moto knows endpoints and rules only


@after(EC2Response, "delete_transit_gateway_vpc_attachment")  # the provider waits to see it "deleted"
def _(self, result):
    a = result.result["TransitGatewayVpcAttachment"]
    self.ec2_backend.transit_gateway_attachments[a.id] = a


@before(EC2Response, "create_transit_gateway_vpc_attachment")
def _(self):
    table = self.ec2_backend.transit_gateway_attachments
    for key in [k for k, a in table.items() if a.state == "deleted"]:
        del table[key]


@before(Route53, "create_hosted_zone")  # a zone created with a VPC is private without saying so
def _(self):
    if self._get_param("VPC.VPCId"):
        self.params.setdefault("HostedZoneConfig", {})["PrivateZone"] = True


@after(Route53, "create_health_check")
def _(self, result):
    result.result["HealthCheck"].request = self._get_param("HealthCheckConfig")


@after(Route53, "update_health_check")
def _(self, result):
    hc = result.result["HealthCheck"]
    hc.request = {**hc.request, **{k: v for k, v in self.params.items() if k not in ("HealthCheckId", "HealthCheckVersion")}}


_health_check_config = HealthCheck.health_check_config.fget
HealthCheck.health_check_config = property(  # alarm and calculated checks: no port or interval that nobody set
    lambda hc: {**hc.request, "Inverted": hc.request.get("Inverted", False), "Disabled": hc.request.get("Disabled", False)}
    if hc.type_ in ("CLOUDWATCH_METRIC", "CALCULATED") else _health_check_config(hc))


@before(Route53, "change_resource_record_sets")  # refusals of Route 53 that moto does not make
def _(self):
    zone = self.backend.get_hosted_zone(self._get_param("Id") or self._get_param("HostedZoneId"))
    have = {(r.name.rstrip("."), r.type, r.set_identifier) for r in zone.rrsets}
    for change in self._get_param("ChangeBatch.Changes", []):
        r = change["ResourceRecordSet"]
        name, kind, sid, why = r["Name"].rstrip("."), r["Type"], r.get("SetIdentifier"), None
        if change["Action"] == "DELETE":
            have.discard((name, kind, sid))
            continue
        others = {k for k in have if k[0] == name}
        if kind == "CNAME" and name == zone.name.rstrip("."):
            why = "CNAME is not permitted at apex in zone " + zone.name
        elif others and (kind == "CNAME") != all(k[1] == "CNAME" for k in others) and (kind == "CNAME" or any(k[1] == "CNAME" for k in others)):
            why = "a CNAME cannot stand beside another type"
        elif any(k[1] == kind and bool(k[2]) != bool(sid) for k in others):
            why = "a simple record and a policy record cannot share a name and type"
        elif change["Action"] == "CREATE" and (name, kind, sid) in have:
            why = "it already exists"
        elif not 0 <= int(r.get("Weight") or 0) <= 255:
            why = "Weight must be 0 to 255"
        elif r.get("HealthCheckId") and r["HealthCheckId"] not in self.backend.health_checks:
            why = f"no health check {r['HealthCheckId']}"
        elif kind in ("A", "AAAA"):
            for value in (x["Value"] for x in r.get("ResourceRecords") or []):
                try:
                    (ipaddress.IPv4Address if kind == "A" else ipaddress.IPv6Address)(value)
                except ValueError:
                    why = f"{value} is no address"
        if why:
            raise AwsError("InvalidChangeBatch", f"[Tried to create resource record set [name='{name}.', type='{kind}'] but {why}]")
        have.add((name, kind, sid))


@op(Route53ResolverResponse)
class _:
    def delete_resolver_query_log_config(self):
        c = self.route53resolver_backend.resolver_query_log_configs.pop(self._get_param("ResolverQueryLogConfigId"))
        return ActionResult({"ResolverQueryLogConfig": {**c.description(), "Status": "DELETED"}})

    def disassociate_resolver_query_log_config(self):
        table = self.route53resolver_backend.resolver_query_log_config_associations
        for key in [k for k, a in table.items() if a.resource_id == self._get_param("ResourceId")]:
            del table[key]
        return ActionResult({})


def db_parameters(self):  # moto lists the first group's, whichever was asked for
    group = self.backend.db_parameter_groups.get(self.params["DBParameterGroupName"].lower())
    if group is None:
        raise AwsError("DBParameterGroupNotFound", f"DBParameterGroup not found: {self.params['DBParameterGroupName']}")
    return ActionResult({"Parameters": [{"Source": "user", **p} for p in group.parameters.values()]})


RDSResponse.describe_db_parameters = db_parameters


@after(RDSResponse, "create_db_instance")
def _(self, result):
    db = self.backend.databases[self.params["DBInstanceIdentifier"]]
    db.performance_insights_enabled = self.params.get("EnablePerformanceInsights", False)
    if db.performance_insights_enabled:
        db.performance_insights_kms_key_id = self.params.get("PerformanceInsightsKMSKeyId")
        db.performance_insights_retention_period = self.params.get("PerformanceInsightsRetentionPeriod", 7)


@after(Instance, "prep_nics")  # groups given for the interface are the instance's as well
def _(self, *_a, **_k):
    if not self.security_groups and 0 in self.nics:
        self.security_groups = self.nics[0].group_set


@before(EC2Response, "modify_network_interface_attribute")  # the groups of the instance are those of its interface
def _(self):
    groups = self._get_param("Groups", [])
    instance = self.ec2_backend.get_network_interface(self._get_param("NetworkInterfaceId")).instance
    if groups and instance is not None:
        instance.security_groups = [self.ec2_backend.get_security_group_from_id(group) for group in groups]


@before(EC2Response, "modify_image_attribute")  # moto knows the launch permissions alone
def _(self):
    description = self._get_param("Description", {}).get("Value")
    if description is not None:
        for image in self.ec2_backend.describe_images(ami_ids=[self._get_param("ImageId")]):
            image.description = description


@after(IamInstanceProfileAssociationBackend, "replace_iam_instance_profile_association")  # the instance goes on with the old one
def _(self, association, *_a, **_k):
    profile = {"Arn": association.iam_instance_profile.arn, "Id": association.association_id}
    self.modify_instance_attribute(association.instance_id, "iam_instance_profile", profile)


@after(FakeReplicationTask, "__init__")  # moto leaves it "creating" for ever
def _(self, *_a, **_k):
    self.status = "ready"


@after(FakeReplicationSubnetGroup, "to_dict")  # moto answers one made-up subnet
def _(self, result):
    result["Subnets"] = [{"SubnetIdentifier": s, "SubnetStatus": "Active", "SubnetAvailabilityZone": {"Name": "us-east-1a"}} for s in self.subnetIds or []]


@after(DatabaseMigrationServiceBackend, "create_replication_subnet_group")
def _(self, group, **kwargs):
    group.subnetIds = kwargs["subnet_ids"]
    self.tagger.tag_resource(f"arn:aws:dms:{self.region_name}:{self.account_id}:subgrp:{kwargs['replication_subnet_group_identifier']}", kwargs.get("tags") or [])


moto.s3.models.FakeDeleteMarker.dispose = lambda self, garbage=False: None  # else emptying a versioned bucket fails


@after(ECSService, "__init__")
def _(self, *_a, **_k):
    self.availability_zone_rebalancing = "DISABLED"


@before(DatabaseMigrationServiceResponse, "create_replication_task")
def _(self):
    p, backend = json.loads(self.body), self.dms_backend
    known = {*backend.replication_instances, *(e.endpoint_arn for e in backend.endpoints.values())}
    for key in ("SourceEndpointArn", "TargetEndpointArn", "ReplicationInstanceArn"):
        if p[key] not in known:
            raise AwsError("ResourceNotFoundFault", f"{key} {p[key]} not found")
    if "rules" not in json.loads(p["TableMappings"]):
        raise AwsError("InvalidParameterValueException", "Invalid table mapping document")


# What DMS answers for a task's settings: all it knows, those that were asked for and its defaults for the others. A setting
# that it does not know is refused, as DMS does.
DMS_SETTINGS = {
    "TargetMetadata": {"TargetSchema": "", "SupportLobs": True, "FullLobMode": False, "LobChunkSize": 64, "LimitedSizeLobMode": True, "LobMaxSize": 32,
                       "InlineLobMaxSize": 0, "LoadMaxFileSize": 0, "ParallelLoadThreads": 0, "ParallelLoadBufferSize": 0, "BatchApplyEnabled": False,
                       "TaskRecoveryTableEnabled": False, "ParallelLoadQueuesPerThread": 0, "ParallelApplyThreads": 0, "ParallelApplyBufferSize": 0,
                       "ParallelApplyQueuesPerThread": 0},
    "FullLoadSettings": {"TargetTablePrepMode": "DO_NOTHING", "CreatePkAfterFullLoad": False, "StopTaskCachedChangesApplied": False,
                         "StopTaskCachedChangesNotApplied": False, "MaxFullLoadSubTasks": 8, "TransactionConsistencyTimeout": 600, "CommitRate": 10000},
    "Logging": {"EnableLogging": False, "EnableLogContext": False, "LogComponents": [], "CloudWatchLogGroup": None, "CloudWatchLogStream": None},
    "ControlTablesSettings": {"historyTimeslotInMinutes": 5, "ControlSchema": "", "HistoryTimeslotInMinutes": 5, "HistoryTableEnabled": False,
                              "SuspendedTablesTableEnabled": False, "StatusTableEnabled": False, "FullLoadExceptionTableEnabled": False,
                              "CommitPositionTableEnabled": False},
    "StreamBufferSettings": {"StreamBufferCount": 3, "StreamBufferSizeInMB": 8, "CtrlStreamBufferSizeInMB": 5},
    "ChangeProcessingDdlHandlingPolicy": {"HandleSourceTableDropped": True, "HandleSourceTableTruncated": True, "HandleSourceTableAltered": True},
    "ErrorBehavior": {"DataErrorPolicy": "LOG_ERROR", "DataTruncationErrorPolicy": "LOG_ERROR", "DataErrorEscalationPolicy": "SUSPEND_TABLE",
                      "DataErrorEscalationCount": 0, "EventErrorPolicy": "IGNORE", "TableErrorPolicy": "SUSPEND_TABLE",
                      "TableErrorEscalationPolicy": "STOP_TASK", "TableErrorEscalationCount": 0, "RecoverableErrorCount": -1,
                      "RecoverableErrorInterval": 5, "RecoverableErrorThrottling": True, "RecoverableErrorThrottlingMax": 1800,
                      "RecoverableErrorStopRetryAfterThrottlingMax": True, "ApplyErrorDeletePolicy": "IGNORE_RECORD",
                      "ApplyErrorInsertPolicy": "LOG_ERROR", "ApplyErrorUpdatePolicy": "LOG_ERROR", "ApplyErrorEscalationPolicy": "LOG_ERROR",
                      "ApplyErrorEscalationCount": 0, "ApplyErrorFailOnTruncationDdl": False, "FullLoadIgnoreConflicts": True,
                      "FailOnTransactionConsistencyBreached": False, "FailOnNoTablesCaptured": True},
    "ChangeProcessingTuning": {"BatchApplyPreserveTransaction": True, "BatchApplyTimeoutMin": 1, "BatchApplyTimeoutMax": 30, "BatchApplyMemoryLimit": 500,
                               "BatchSplitSize": 0, "MinTransactionSize": 1000, "CommitTimeout": 1, "MemoryLimitTotal": 1024, "MemoryKeepTime": 60,
                               "StatementCacheSize": 50},
    "ValidationSettings": {"EnableValidation": False, "ValidationMode": "ROW_LEVEL", "ThreadCount": 5, "PartitionSize": 10000, "FailureMaxCount": 10000,
                           "RecordFailureDelayInMinutes": 5, "RecordSuspendDelayInMinutes": 30, "MaxKeyColumnSize": 8096, "TableFailureMaxCount": 1000,
                           "ValidationOnly": False, "HandleCollationDiff": False, "RecordFailureDelayLimitInMinutes": 0, "SkipLobColumns": False,
                           "ValidationPartialLobSize": 0, "ValidationQueryCdcDelaySeconds": 0},
    "PostProcessingRules": None, "CharacterSetSettings": None, "LoopbackPreventionSettings": None, "BeforeImageSettings": None,
    "FailTaskWhenCleanTaskResourceFailed": False,
    "TTSettings": {"EnableTT": False, "TTS3Settings": None, "TTRecordSettings": None},
}


def dms_settings(text, log_group):
    asked, answer = json.loads(text or "{}"), {}
    for section, defaults in DMS_SETTINGS.items():
        given = asked.pop(section, None)
        if isinstance(defaults, dict):
            unknown = set(given or {}) - set(defaults)
            if unknown:
                raise AwsError("InvalidParameterValueException", f"Invalid task settings JSON: unknown {section}.{sorted(unknown)[0]}")
            answer[section] = {**defaults, **(given or {})}
        else:
            answer[section] = defaults if given is None else given
    if asked:
        raise AwsError("InvalidParameterValueException", f"Invalid task settings JSON: unknown {sorted(asked)[0]}")
    if answer["Logging"].get("CloudWatchLogGroup"):
        raise AwsError("InvalidParameterValueException", "Task Settings CloudWatchLogGroup or CloudWatchLogStream cannot be set on create.")
    answer["Logging"]["CloudWatchLogGroup"] = log_group
    return json.dumps(answer)


@after(FakeReplicationTask, "to_dict")
def _(self, result):
    result["ReplicationTaskSettings"] = dms_settings(self.replication_task_settings, "dms-tasks")


def dms_zones(self, ids):
    from moto.ec2.models import ec2_backends
    subnets = ec2_backends[self.current_account][self.region].describe_subnets(subnet_ids=ids)
    return {s.availability_zone for s in subnets}


@before(DatabaseMigrationServiceResponse, "create_replication_subnet_group")
def _(self):
    if len(dms_zones(self, json.loads(self.body)["SubnetIds"])) < 2:
        raise AwsError("ReplicationSubnetGroupDoesNotCoverEnoughAZs", "The replication subnet group does not cover enough Availability Zones.")


def dms_selected(self, table, kind):
    values = [v for f in json.loads(self.body).get("Filters") or [] for v in f["Values"]]
    found = [c for c in table.values() if not values or c["ReplicationConfigArn"] in values or c["ReplicationConfigIdentifier"] in values]
    if not found:
        raise AwsError("ResourceNotFoundFault", f"{kind} {values} not found")
    return found


def dms_config(self):
    table, arn = store(self.dms_backend, "configs"), json.loads(self.body)["ReplicationConfigArn"]
    if arn not in table:
        raise AwsError("ResourceNotFoundFault", f"Replication config {arn} not found")
    return table[arn]


@op(DatabaseMigrationServiceResponse)
class _:
    def add_tags_to_resource(self):
        p = json.loads(self.body)
        self.dms_backend.tagger.tag_resource(p["ResourceArn"], p["Tags"])
        return EmptyResult()

    def remove_tags_from_resource(self):
        p = json.loads(self.body)
        self.dms_backend.tagger.untag_resource_using_names(p["ResourceArn"], p["TagKeys"])
        return EmptyResult()


@op(DatabaseMigrationServiceResponse)
class _:  # DMS Serverless: a configuration, and the replication that runs by it
    def create_replication_config(self):
        p, backend = json.loads(self.body), self.dms_backend
        for key in ("SourceEndpointArn", "TargetEndpointArn"):
            if p[key] not in {e.endpoint_arn for e in backend.endpoints.values()}:
                raise AwsError("ResourceNotFoundFault", f"{key} {p[key]} not found")
        if "rules" not in json.loads(p["TableMappings"]):
            raise AwsError("InvalidParameterValueException", "Invalid table mapping document")
        tags, compute = p.pop("Tags", []), p["ComputeConfig"]
        compute.setdefault("MultiAZ", False)
        compute.setdefault("AvailabilityZone", self.region + "a")
        compute.setdefault("PreferredMaintenanceWindow", "sun:06:00-sun:14:00")
        arn = f"arn:aws:dms:{self.region}:{self.current_account}:replication-config:{p.pop('ResourceIdentifier', None) or hexid(26).upper()}"
        p.update(ReplicationConfigArn=arn, ReplicationSettings=dms_settings(p.get("ReplicationSettings"), "dms-serverless"), Status="created")
        store(backend, "configs")[arn] = p
        backend.tagger.tag_resource(arn, tags)
        return ActionResult({"ReplicationConfig": p})

    def describe_replication_configs(self):
        return ActionResult({"ReplicationConfigs": dms_selected(self, store(self.dms_backend, "configs"), "Replication config")})

    def modify_replication_config(self):
        p, config = json.loads(self.body), dms_config(self)
        if "ReplicationSettings" in p:
            p["ReplicationSettings"] = dms_settings(p["ReplicationSettings"], "dms-serverless")
        config.update(p)
        return ActionResult({"ReplicationConfig": config})

    def delete_replication_config(self):
        config = dms_config(self)
        del store(self.dms_backend, "configs")[config["ReplicationConfigArn"]]
        return ActionResult({"ReplicationConfig": config})

    def describe_replications(self):
        found = dms_selected(self, store(self.dms_backend, "configs"), "Replication")
        return ActionResult({"Replications": [{k: v for k, v in c.items() if k not in ("ComputeConfig", "ReplicationSettings", "TableMappings")} for c in found]})

    def start_replication(self):
        config = dms_config(self)
        config["Status"] = "running"
        return ActionResult({"Replication": {"ReplicationConfigArn": config["ReplicationConfigArn"], "Status": "running"}})

    def stop_replication(self):
        config = dms_config(self)
        config["Status"] = "stopped"
        return ActionResult({"Replication": {"ReplicationConfigArn": config["ReplicationConfigArn"], "Status": "stopped"}})


_create_option_group = RDSBackend.create_option_group


def create_option_group(self, kwargs):  # moto's list of versions ends in 2022
    version = kwargs["major_engine_version"]
    newer = kwargs["engine_name"].startswith("sqlserver-") and version == "16.00"
    group = _create_option_group(self, {**kwargs, "major_engine_version": "15.00"} if newer else kwargs)
    group.major_engine_version = version
    return group


RDSBackend.create_option_group = create_option_group

_scaling = DBCluster.scaling_configuration_info
DBCluster.scaling_configuration_info = property(lambda c: _scaling.fget(c) if c.engine_mode == "serverless" else None)


@after(DeploymentGroup, "to_dict")
def _(self, result):
    result["deploymentStyle"] = result["deploymentStyle"] or {"deploymentType": "IN_PLACE", "deploymentOption": "WITHOUT_TRAFFIC_CONTROL"}
    return {k: v for k, v in result.items() if v not in ({}, None)}


@op(ApplicationAutoScalingResponse)
class _:
    def list_tags_for_resource(self):
        return ActionResult({"Tags": store(self.applicationautoscaling_backend, "tags").get(self._get_param("ResourceARN"), {})})

    def tag_resource(self):
        store(self.applicationautoscaling_backend, "tags").setdefault(self._get_param("ResourceARN"), {}).update(self._get_param("Tags"))
        return EmptyResult()


# ---- EFS: backup policies ------------------------------------------------------------------------------------------
from moto.efs.responses import EFSResponse


@op(EFSResponse)
class _:
    def put_backup_policy(self):
        policy = json.loads(self.body)["BackupPolicy"]
        file_system = self.efs_backend.file_systems_by_id[self._get_param("FileSystemId")]
        file_system._backup = policy["Status"] == "ENABLED"
        store(self.efs_backend, "backup")[file_system.file_system_id] = policy["Status"]
        return json.dumps({"BackupPolicy": policy}), {"Content-Type": "application/json"}

    def describe_backup_policy(self):  # once put, it answers DISABLED rather than that there is none
        key = self._get_param("FileSystemId")
        status = store(self.efs_backend, "backup").get(key)
        policy = {"Status": status} if status else self.efs_backend.describe_backup_policy(key)
        return json.dumps({"BackupPolicy": policy}), {"Content-Type": "application/json"}

    def delete_file_system_policy(self):
        self.efs_backend.file_systems_by_id[self._get_param("FileSystemId")].file_system_policy = None
        return json.dumps({}), {"Content-Type": "application/json"}


# ---- DataSync: agents, NFS and EFS locations, tags -------------------------------------------------------------
from moto.core import DEFAULT_ACCOUNT_ID
from moto.datasync.models import Location, Task
from moto.datasync.responses import DataSyncResponse


def ds(self, **extra):
    """Remember a Create request; its Describe answers the same members."""
    arn = f"arn:aws:datasync:{self.region}:{self.current_account}:"
    return {**json.loads(self.body), **extra}, arn


def own_account(self, *_a, **_k):  # moto writes another account's number into DataSync ARNs
    self.arn = self.arn.replace("111222333444", DEFAULT_ACCOUNT_ID)


for cls in (Location, Task):
    after(cls, "__init__")(own_account)


@after(DataSyncResponse, "create_task")
def _(self, result):
    self.datasync_backend.tasks[json.loads(result)["TaskArn"]].request = json.loads(self.body)


@after(DataSyncResponse, "describe_task")
def _(self, result):
    task = self.datasync_backend.tasks[self._get_param("TaskArn")]
    extra = {k: task.request[k] for k in ("Schedule", "Includes", "ManifestConfig", "TaskReportConfig") if task.request.get(k)}
    if not extra.get("Schedule", {}).get("ScheduleExpression"):  # an empty one ends a schedule
        extra.pop("Schedule", None)
    return json.dumps({**json.loads(result), "TaskMode": task.request.get("TaskMode", "BASIC"), **extra})


@op(DataSyncResponse)
class _:
    def create_location_s3(self):
        p, _ = ds(self)
        uri = "/".join(["s3:/", p["S3BucketArn"].split(":")[-1], *[x for x in p.get("Subdirectory", "").split("/") if x], ""])
        return ActionResult({"LocationArn": self.datasync_backend.create_location(uri, typ="S3", metadata=p)})

    def describe_location_s3(self):
        loc = self._get_location(self._get_param("LocationArn"), typ="S3")
        return ActionResult({"LocationArn": loc.arn, "LocationUri": loc.uri, "S3Config": loc.metadata["S3Config"],
                             "S3StorageClass": loc.metadata.get("S3StorageClass", "STANDARD"), "CreationTime": now()})

    def create_agent(self):
        p, arn = ds(self)
        arn += "agent/agent-" + hexid()
        store(self.datasync_backend, "agents")[arn] = {"AgentArn": arn, "Name": p.get("AgentName"), "Status": "ONLINE", "EndpointType": "PUBLIC"}
        store(self.datasync_backend, "tags")[arn] = p.get("Tags", [])
        return ActionResult({"AgentArn": arn})

    def describe_agent(self):
        agents, arn = store(self.datasync_backend, "agents"), self._get_param("AgentArn")
        if arn not in agents:
            raise AwsError("InvalidRequestException", f"Agent {arn} does not exist.")
        return ActionResult(agents[arn])

    def delete_agent(self):
        store(self.datasync_backend, "agents").pop(self._get_param("AgentArn"), None)
        return EmptyResult()

    def create_location_nfs(self):
        p, _ = ds(self)
        uri = f"nfs://{p['ServerHostname']}/{p.get('Subdirectory', '').strip('/')}/"
        return ActionResult({"LocationArn": self.datasync_backend.create_location(uri, typ="NFS", metadata=p)})

    def describe_location_nfs(self):
        loc = self._get_location(self._get_param("LocationArn"), typ="NFS")
        return ActionResult({"LocationArn": loc.arn, "LocationUri": loc.uri, "OnPremConfig": loc.metadata["OnPremConfig"],
                             "MountOptions": loc.metadata.get("MountOptions") or {"Version": "AUTOMATIC"}, "CreationTime": now()})

    def create_location_efs(self):
        p, _ = ds(self)
        uri = f"efs://{self.region}.{p['EfsFilesystemArn'].split('/')[-1]}/{(p.get('Subdirectory') or '').strip('/')}"
        return ActionResult({"LocationArn": self.datasync_backend.create_location(uri, typ="EFS", metadata=p)})

    def describe_location_efs(self):
        loc = self._get_location(self._get_param("LocationArn"), typ="EFS")
        extra = {k: loc.metadata[k] for k in ("AccessPointArn", "FileSystemAccessRoleArn", "InTransitEncryption") if loc.metadata.get(k)}
        return ActionResult({"LocationArn": loc.arn, "LocationUri": loc.uri, "Ec2Config": loc.metadata["Ec2Config"], "CreationTime": now(), **extra})

    def list_tags_for_resource(self):
        return ActionResult({"Tags": store(self.datasync_backend, "tags").get(self._get_param("ResourceArn"), [])})

    def update_task(self):  # what a request does not name stays as it is; moto forgets it
        p = json.loads(self.body)
        task = self.datasync_backend._get_task(p["TaskArn"])
        task.request.update(p)
        task.name = p.get("Name", task.name)
        for key in ("CloudWatchLogGroupArn", "Options", "Excludes"):
            task.metadata[key] = p.get(key, task.metadata[key])
        return EmptyResult()

    def tag_resource(self):  # the provider names the tags that have changed, and no others
        tags, arn = store(self.datasync_backend, "tags"), self._get_param("ResourceArn")
        known = {tag["Key"]: tag for tag in [*tags.get(arn, []), *self._get_param("Tags")]}
        tags[arn] = list(known.values())
        return EmptyResult()

    def untag_resource(self):
        tags, arn = store(self.datasync_backend, "tags"), self._get_param("ResourceArn")
        tags[arn] = [tag for tag in tags.get(arn, []) if tag["Key"] not in self._get_param("Keys")]
        return EmptyResult()


def ds_tagged(self, result):
    answer = json.loads(result) if isinstance(result, str) else result.result
    store(self.datasync_backend, "tags")[answer.get("LocationArn") or answer["TaskArn"]] = self._get_param("Tags") or []


for name in ("create_location_s3", "create_location_nfs", "create_location_efs", "create_location_smb", "create_task"):
    after(DataSyncResponse, name)(lambda self, result: ds_tagged(self, result))


@after(DataSyncResponse, "create_location_smb")  # moto writes smb://server//share
def _(self, result):
    location = self.datasync_backend.locations[json.loads(result)["LocationArn"]]
    location.uri = f"smb://{self._get_param('ServerHostname')}/{self._get_param('Subdirectory').strip('/')}/"


@op(DataSyncResponse)
class _:
    def update_location_smb(self):
        location = self._get_location(self._get_param("LocationArn"), typ="SMB")
        location.metadata.update({k: self._get_param(k) for k in ("AgentArns", "User", "Domain", "MountOptions") if self._get_param(k)})
        return EmptyResult()


# ---- RDS: a role is taken back; SSM: associations --------------------------------------------------------------------
def without_role(self, table, key):
    resource = table[self.params[key]]
    resource._associated_roles = [r for r in resource._associated_roles if r.role_arn != self.params["RoleArn"]]
    return EmptyResult()


def reset_db_cluster_parameter_group(self):
    group = self.backend.db_cluster_parameter_groups[self.params["DBClusterParameterGroupName"]]
    for parameter in self.params.get("Parameters") or []:
        group.parameters.pop(parameter["ParameterName"], None)
    return ActionResult({"DBClusterParameterGroupName": group.name})


RDSResponse.reset_db_cluster_parameter_group = reset_db_cluster_parameter_group
RDSResponse.remove_role_from_db_instance = lambda self: without_role(self, self.backend.databases, "DBInstanceIdentifier")
RDSResponse.remove_role_from_db_cluster = lambda self: without_role(self, self.backend.clusters, "DBClusterIdentifier")

from moto.ssm.models import SimpleSystemManagerBackend
from moto.ssm.responses import SimpleSystemManagerResponse

_validate_ssm_resource = SimpleSystemManagerBackend._validate_resource_type_and_id
SimpleSystemManagerBackend._validate_resource_type_and_id = (  # moto tags no associations
    lambda self, kind, key: None if kind == "Association" else _validate_ssm_resource(self, kind, key))


def association(self):
    table, p = store(self.ssm_backend, "associations"), json.loads(self.body)
    if p.get("AssociationId") not in table:
        raise AwsError("AssociationDoesNotExist", f"Association {p.get('AssociationId')} does not exist.")
    return table[p["AssociationId"]], p


@op(SimpleSystemManagerResponse)
class _:
    def create_association(self):
        p = json.loads(self.body)
        document = self.ssm_backend.get_document(p["Name"], p.get("DocumentVersion"), None, "JSON")  # refuses an unknown one
        tags, key = p.pop("Tags", []), str(uuid.uuid4())
        item = {**p, "AssociationId": key, "AssociationVersion": "1", "Date": now(), "Overview": {"Status": "Success", "DetailedStatus": "Success"},
                "DocumentVersion": p.get("DocumentVersion") or document["DocumentVersion"]}
        store(self.ssm_backend, "associations")[key] = item
        self.ssm_backend.add_tags_to_resource("Association", key, {t["Key"]: t["Value"] for t in tags})
        return ActionResult({"AssociationDescription": item})

    def describe_association(self):
        return ActionResult({"AssociationDescription": association(self)[0]})

    def update_association(self):
        item, p = association(self)
        item.update(p, AssociationVersion=str(int(item["AssociationVersion"]) + 1))
        return ActionResult({"AssociationDescription": item})

    def delete_association(self):
        item, _p = association(self)
        del store(self.ssm_backend, "associations")[item["AssociationId"]]
        return EmptyResult()


# ---- EC2: monitoring, import of a disk image as a snapshot -------------------------------------------------------------------
@op(EC2Response)
class _:
    def monitor_instances(self):
        for i in self._get_param("InstanceIds"):
            self.ec2_backend.get_instance(i).monitoring_state = "enabled"
        return ActionResult({"InstanceMonitorings": [{"InstanceId": i, "Monitoring": {"State": "enabled"}} for i in self._get_param("InstanceIds")]})

    def unmonitor_instances(self):
        for i in self._get_param("InstanceIds"):
            self.ec2_backend.get_instance(i).monitoring_state = "disabled"
        return ActionResult({"InstanceMonitorings": [{"InstanceId": i, "Monitoring": {"State": "disabled"}} for i in self._get_param("InstanceIds")]})

    def import_snapshot(self):
        d, b, task_id = self._get_param("DiskContainer", {}), self.ec2_backend, "import-snap-" + hexid()
        volume = b.create_volume(size=8, zone_name=self.region + "a")
        # The task keeps the caller's description; the snapshot has the service's own.
        snap = b.create_snapshot(volume.id, f"Created by AWS-VMImport service for {task_id}")
        b.volumes.pop(volume.id)
        if self._get_param("Encrypted"):
            default_key = f"arn:aws:kms:{self.region}:{self.current_account}:key/{uuid.UUID(int=0)}"
            snap.encrypted, snap.kms_key_id = True, self._get_param("KmsKeyId") or default_key
        for spec in self._get_param("TagSpecifications", []) or []:
            snap.add_tags({t["Key"]: t["Value"] for t in spec.get("Tags", [])})
        task = {"ImportTaskId": task_id, "SnapshotTaskDetail": {"Status": "completed", "Progress": "100", "SnapshotId": snap.id, "Format": d.get("Format"),
                "Description": d.get("Description") or self._get_param("Description"), "DiskImageSize": 8.0, "UserBucket": d.get("UserBucket")}}
        store(b, "imports")[task["ImportTaskId"]] = task
        return ActionResult(task)

    def describe_import_snapshot_tasks(self):
        ids = self._get_param("ImportTaskIds", [])
        return ActionResult({"ImportSnapshotTasks": [t for k, t in store(self.ec2_backend, "imports").items() if not ids or k in ids]})


@after(EC2Response, "run_instances")  # members that moto does not read
def _(self, result):
    placement = self._get_param("Placement", {}) or {}
    for instance in result.result.instances:
        instance.disable_api_termination = bool(self._get_param("DisableApiTermination"))
        for key, attr in (("Tenancy", "tenancy"), ("Affinity", "affinity"), ("GroupName", "group_name"), ("HostResourceGroupArn", "host_resource_group_arn")):
            if placement.get(key):
                setattr(instance.placement, attr, placement[key])


@after(EC2Response, "create_transit_gateway_vpc_attachment")  # moto looks for them under the route table's type
def _(self, result):
    result.result["TransitGatewayVpcAttachment"].add_tags(self._parse_tag_specification().get("transit-gateway-attachment", {}))


# -- security group rules: descriptions of every kind of peer, protocols without ports (which AWS answers as -1)
_rule_init = SecurityGroupRule.__init__


def rule_init(self, ec2_backend, ip_protocol, group_id, from_port, to_port, ip_range, source_group=None, prefix_list_id=None, **kwargs):
    peers = [dict(peer) if isinstance(peer, dict) else peer for peer in (ip_range, source_group, prefix_list_id)]
    # Two rules that differ in their description alone are one rule.
    notes = [peer.pop("Description", None) for peer in peers if isinstance(peer, dict)]
    ports = [-1 if port is None else port for port in (from_port, to_port)]
    _rule_init(self, ec2_backend, ip_protocol, group_id, *ports, *peers, **kwargs)
    self.note = next((note for note in notes if note), None)


SecurityGroupRule.__init__ = rule_init
SecurityGroupRule.description = property(lambda rule: rule.ip_range.get("Description") or rule.note)


@before(EC2Response, "modify_security_group_rules")
def _(self):
    for item in self._get_param("SecurityGroupRules", []):
        if item["SecurityGroupRule"].get("IpProtocol") not in ("tcp", "udp", "icmp"):
            item["SecurityGroupRule"].update({key: item["SecurityGroupRule"].get(key, -1) for key in ("FromPort", "ToPort")})


@after(EC2Response, "register_image")
def _(self, result):
    ami, p = self.ec2_backend.amis[result.result["ImageId"]], self.params
    for key, attr in (("Architecture", "architecture"), ("VirtualizationType", "virtualization_type"), ("RootDeviceName", "root_device_name"),
                      ("BootMode", "boot_mode"), ("EnaSupport", "ena_support"), ("SriovNetSupport", "sriov_net_support"), ("ImdsSupport", "imds_support"),
                      ("BlockDeviceMappings", "ext_mappings")):
        if p.get(key) is not None:
            setattr(ami, attr, p[key])
    ami.root_device_type, ami.hypervisor = "ebs", "xen"


_ami_mappings = Ami.block_device_mappings.fget
Ami.block_device_mappings = property(lambda ami: getattr(ami, "ext_mappings", None) or _ami_mappings(ami))


# ---- CodeDeploy, Backup, Synthetics: what the provider needs to finish create and destroy ---------------------------
from moto.backup import urls as backup_urls
from moto.backup.responses import BackupResponse
from moto.codedeploy.responses import CodeDeployResponse
from moto.synthetics import urls as synthetics_urls
from moto.synthetics.responses import SyntheticsResponse

backup_urls.url_paths = {"{0}/backup/plans/(?P<plan>[^/]+)/selections/$": backup_urls.response.dispatch,
                         "{0}/backup/plans/(?P<plan>[^/]+)/selections/(?P<sel>[^/]+)$": backup_urls.response.dispatch, **backup_urls.url_paths}
for path in ("{0}/canary/(?P<name>[^/]+)/start$", "{0}/canary/(?P<name>[^/]+)/stop$"):
    synthetics_urls.url_paths[path] = SyntheticsResponse.dispatch
SyntheticsResponse._get_action = BaseResponse._get_action


@op(CodeDeployResponse)
class _:
    def create_deployment_config(self):
        p = {**json.loads(self.body), "deploymentConfigId": str(uuid.uuid4()), "createTime": now()}
        store(self.codedeploy_backend, "configs")[p["deploymentConfigName"]] = p
        return ActionResult({"deploymentConfigId": p["deploymentConfigId"]})

    def get_deployment_config(self):
        name = self._get_param("deploymentConfigName")
        table = store(self.codedeploy_backend, "configs")
        if name not in table:
            raise AwsError("DeploymentConfigDoesNotExistException", f"No deployment config {name}")
        return ActionResult({"deploymentConfigInfo": table[name]})

    def delete_deployment_config(self):
        store(self.codedeploy_backend, "configs").pop(self._get_param("deploymentConfigName"), None)
        return EmptyResult()

    def delete_deployment_group(self):
        self.codedeploy_backend.deployment_groups.get(self._get_param("applicationName"), {}).pop(self._get_param("deploymentGroupName"), None)
        return ActionResult({"hooksNotCleanedUp": []})

    def delete_application(self):
        self.codedeploy_backend.applications.pop(self._get_param("applicationName"), None)
        return EmptyResult()


def selections(self):
    return store(self.backup_backend, "selections"), self.path.rstrip("/").split("/")


@op(BackupResponse)
class _:
    def create_backup_selection(self):
        table, parts = selections(self)
        sel = {"SelectionId": str(uuid.uuid4()), "BackupPlanId": parts[3], "BackupSelection": json.loads(self.body)["BackupSelection"], "CreationDate": now()}
        table[sel["SelectionId"]] = sel
        return ActionResult(sel)

    def get_backup_selection(self):
        table, parts = selections(self)
        if parts[-1] not in table:
            raise AwsError("ResourceNotFoundException", f"selection {parts[-1]} not found")
        return ActionResult(table[parts[-1]])

    def delete_backup_selection(self):
        table, parts = selections(self)
        table.pop(parts[-1], None)
        return EmptyResult()


def canary_of(self):
    return self.synthetics_backend.canaries[unquote(self.path).split("/tags/")[1].split(":canary:")[1]]


@op(SyntheticsResponse)
class _:
    def delete_canary(self):
        self.synthetics_backend.canaries.pop(self.path.split("/")[2], None)
        return EmptyResult()

    def start_canary(self):
        self.synthetics_backend.canaries[self.path.split("/")[2]].state = "RUNNING"
        return EmptyResult()

    def stop_canary(self):
        self.synthetics_backend.canaries[self.path.split("/")[2]].state = "STOPPED"
        return EmptyResult()

    def tag_resource(self):
        canary_of(self).tags.update(json.loads(self.body)["Tags"])
        return EmptyResult()

    def untag_resource(self):
        for key in self.querystring.get("tagKeys", []):
            canary_of(self).tags.pop(key, None)
        return EmptyResult()

    def get_canary(self):
        name = self.path.split("/")[2]
        if name not in self.synthetics_backend.canaries:
            raise AwsError("ResourceNotFoundException", f"canary {name} not found")
        return json.dumps({"Canary": self.synthetics_backend.canaries[name].to_dict()})


# ---- CloudFront functions and key value stores ---------------------------------------------------------------------
from moto.cloudfront import urls as cloudfront_urls
from moto.cloudfront.models import ViewerCertificate
from moto.cloudfront.responses import CloudFrontResponse

V = "{0}/2020-05-31/"
for path in ("function$", "function/(?P<name>[^/]+)$", "function/(?P<name>[^/]+)/describe$", "function/(?P<name>[^/]+)/publish$",
             "key-value-store$", "key-value-store/(?P<name>[^/]+)$"):
    cloudfront_urls.url_paths[V + path] = CloudFrontResponse.dispatch


@after(ViewerCertificate, "__init__")
def _(self, _r, config):
    if not config.get("SSLSupportMethod"):
        self.ssl_support_method = None


def cf_item(self, kind, error):
    table, name = store(self.backend, kind), self._get_param("Name")
    if name not in table:
        raise AwsError(error, f"{name} does not exist")
    return table[name]


def cf_summary(f, stage="DEVELOPMENT"):
    return {"Name": f["Name"], "Status": "UNASSOCIATED" if stage == "DEVELOPMENT" else "DEPLOYED", "FunctionConfig": f[stage][0],
            "FunctionMetadata": {"FunctionARN": f["Arn"], "Stage": stage, "CreatedTime": f["Created"], "LastModifiedTime": f["Created"]}}


def cf_stage(self, f):
    stage = self._get_param("Stage") or "DEVELOPMENT"
    if stage not in f:
        raise AwsError("NoSuchFunctionExists", f"{f['Name']} has no {stage} stage")
    return stage


@op(CloudFrontResponse)
class _:
    def create_function(self):
        p = self.params
        f = {"Name": p["Name"], "Arn": f"arn:aws:cloudfront::{self.current_account}:function/{p['Name']}", "Created": now(), "ETag": hexid(13).upper(),
             "DEVELOPMENT": (p["FunctionConfig"], p["FunctionCode"])}
        store(self.backend, "functions")[p["Name"]] = f
        return ActionResult({"FunctionSummary": cf_summary(f), "ETag": f["ETag"], "Location": f["Arn"]})

    def update_function(self):
        f = cf_item(self, "functions", "NoSuchFunctionExists")
        f["DEVELOPMENT"], f["ETag"] = (self.params["FunctionConfig"], self.params["FunctionCode"]), hexid(13).upper()
        return ActionResult({"FunctionSummary": cf_summary(f), "ETag": f["ETag"]})

    def publish_function(self):
        f = cf_item(self, "functions", "NoSuchFunctionExists")
        f["LIVE"] = f["DEVELOPMENT"]
        return ActionResult({"FunctionSummary": cf_summary(f, "LIVE")})

    def describe_function(self):
        f = cf_item(self, "functions", "NoSuchFunctionExists")
        return ActionResult({"FunctionSummary": cf_summary(f, cf_stage(self, f)), "ETag": f["ETag"]})

    def get_function(self):
        f = cf_item(self, "functions", "NoSuchFunctionExists")
        return ActionResult({"FunctionCode": f[cf_stage(self, f)][1], "ETag": f["ETag"], "ContentType": "application/octet-stream"})

    def delete_function(self):
        store(self.backend, "functions").pop(self._get_param("Name"), None)
        return EmptyResult()

    def create_key_value_store(self):
        kid = str(uuid.uuid4())
        kv = {"Name": self.params["Name"], "Id": kid, "Comment": self.params.get("Comment"), "Status": "READY", "LastModifiedTime": now(),
              "ARN": f"arn:aws:cloudfront::{self.current_account}:key-value-store/{kid}"}
        store(self.backend, "kvs")[kv["Name"]] = kv
        return ActionResult({"KeyValueStore": kv, "ETag": "E" + kid[:12], "Location": kv["ARN"]})

    def describe_key_value_store(self):
        kv = cf_item(self, "kvs", "EntityNotFound")
        return ActionResult({"KeyValueStore": kv, "ETag": "E" + kv["Id"][:12]})

    def update_key_value_store(self):
        kv = cf_item(self, "kvs", "EntityNotFound")
        kv["Comment"] = self.params.get("Comment") or ""
        return ActionResult({"KeyValueStore": kv, "ETag": "E" + kv["Id"][:12]})

    def delete_key_value_store(self):
        store(self.backend, "kvs").pop(self._get_param("Name"), None)
        return EmptyResult()


# ---- EC2: traffic mirroring (moto has filters and targets, but not their rules, sessions or deletion) --------------
def tm_tags(self):
    return [t for x in self._get_param("TagSpecifications", []) or [] for t in x.get("Tags", [])]


def tm_keep(self, kind, key, item):
    store(self.ec2_backend, kind)[item[key]] = item
    return item


def tm_list(self, kind, key, ids):
    table = store(self.ec2_backend, kind)
    for missing in [i for i in ids or [] if i not in table]:
        raise AwsError(f"Invalid{key}.NotFound", f"{missing} does not exist")
    return [v for k, v in table.items() if not ids or k in ids]


def tm_filter(self, fid):
    return tm_list(self, "tm_filters", "TrafficMirrorFilterId", [fid])[0]


def tm_delete(kind, key):
    def delete(self):
        store(self.ec2_backend, kind).pop(self._get_param(key), None)
        return ActionResult({key: self._get_param(key)})
    return delete


@op(EC2Response)
class _:
    def create_traffic_mirror_filter(self):
        return ActionResult({"TrafficMirrorFilter": tm_keep(self, "tm_filters", "TrafficMirrorFilterId", {
            "TrafficMirrorFilterId": "tmf-" + hexid(), "Description": self._get_param("Description"), "NetworkServices": [],
            "IngressFilterRules": [], "EgressFilterRules": [], "Tags": tm_tags(self)})})

    def describe_traffic_mirror_filters(self):
        return ActionResult({"TrafficMirrorFilters": tm_list(self, "tm_filters", "TrafficMirrorFilterId", self._get_param("TrafficMirrorFilterIds"))})

    def modify_traffic_mirror_filter_network_services(self):
        f = tm_filter(self, self._get_param("TrafficMirrorFilterId"))
        gone = self._get_param("RemoveNetworkServices", []) or []
        f["NetworkServices"] = [x for x in f["NetworkServices"] if x not in gone] + (self._get_param("AddNetworkServices", []) or [])
        return ActionResult({"TrafficMirrorFilter": f})

    def create_traffic_mirror_filter_rule(self):
        rule = {**{k: v for k, v in self.params.items() if k not in ("ClientToken", "TagSpecifications")}, "TrafficMirrorFilterRuleId": "tmfr-" + hexid()}
        tm_filter(self, rule["TrafficMirrorFilterId"])[rule["TrafficDirection"].capitalize() + "FilterRules"].append(rule)
        return ActionResult({"TrafficMirrorFilterRule": rule})

    def delete_traffic_mirror_filter_rule(self):
        rid = self._get_param("TrafficMirrorFilterRuleId")
        for f in store(self.ec2_backend, "tm_filters").values():
            for side in ("IngressFilterRules", "EgressFilterRules"):
                f[side] = [r for r in f[side] if r["TrafficMirrorFilterRuleId"] != rid]
        return ActionResult({"TrafficMirrorFilterRuleId": rid})

    def create_traffic_mirror_target(self):
        p = self.params
        kind = next((v for k, v in (("NetworkInterfaceId", "network-interface"), ("NetworkLoadBalancerArn", "network-load-balancer")) if p.get(k)), "gateway-load-balancer-endpoint")
        return ActionResult({"TrafficMirrorTarget": tm_keep(self, "tm_targets", "TrafficMirrorTargetId", {
            **{k: v for k, v in p.items() if k not in ("ClientToken", "TagSpecifications")}, "TrafficMirrorTargetId": "tmt-" + hexid(), "Type": kind,
            "OwnerId": self.current_account, "Tags": tm_tags(self)})})

    def describe_traffic_mirror_targets(self):
        return ActionResult({"TrafficMirrorTargets": tm_list(self, "tm_targets", "TrafficMirrorTargetId", self._get_param("TrafficMirrorTargetIds"))})

    def create_traffic_mirror_session(self):
        return ActionResult({"TrafficMirrorSession": tm_keep(self, "tm_sessions", "TrafficMirrorSessionId", {
            **{k: v for k, v in self.params.items() if k not in ("ClientToken", "TagSpecifications")}, "TrafficMirrorSessionId": "tms-" + hexid(),
            "OwnerId": self.current_account, "VirtualNetworkId": self._get_param("VirtualNetworkId") or 7654321, "Tags": tm_tags(self)})})

    def describe_traffic_mirror_sessions(self):
        return ActionResult({"TrafficMirrorSessions": tm_list(self, "tm_sessions", "TrafficMirrorSessionId", self._get_param("TrafficMirrorSessionIds"))})

    delete_traffic_mirror_filter = tm_delete("tm_filters", "TrafficMirrorFilterId")
    delete_traffic_mirror_target = tm_delete("tm_targets", "TrafficMirrorTargetId")
    delete_traffic_mirror_session = tm_delete("tm_sessions", "TrafficMirrorSessionId")


# ---- the server -----------------------------------------------------------------------------------------------------
class Call:
    def __init__(self):
        self.lock, self.answer = threading.Lock(), None


class AnswersAgain:
    """A client whose connection broke sends its request again under the same invocation id. AWS's own services then carry
    it out once (client tokens); moto would do it twice, and the second time would say "duplicate". So what succeeded under
    an id is answered again, byte for byte; what failed had no effect and is tried again, as the client wants."""

    KEEP = 4096

    def __init__(self, app):
        self.app, self.calls, self.lock = app, collections.OrderedDict(), threading.Lock()

    def __call__(self, environ, start_response):
        key = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        if key is None:
            return self.app(environ, start_response)
        key += environ["REQUEST_METHOD"] + environ["PATH_INFO"]
        with self.lock:
            call = self.calls.setdefault(key, Call())
            while len(self.calls) > self.KEEP:
                self.calls.popitem(last=False)
        with call.lock:  # where the first is still at work, the second waits for it
            if call.answer is None:
                status, headers, body = self.carry_out(environ)
                if status.startswith("2"):
                    call.answer = (status, headers, body)
            else:
                status, headers, body = call.answer
                with open(os.environ.get("AWS_EMULATOR_LOG", os.devnull), "a") as f:
                    f.write(f"again {environ['REQUEST_METHOD']} {environ['PATH_INFO']} {environ.get('HTTP_AMZ_SDK_REQUEST')}\n")
        start_response(status, headers)
        return [body]

    def carry_out(self, environ):
        head = []
        chunks = self.app(environ, lambda status, headers, exc_info=None: head.extend((status, headers)))
        try:
            body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return head[0], head[1], body


def serve(port):
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug import serving

    class Handler(serving.WSGIRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1  # head and body in one packet

        def log_request(self, *_a):
            pass

    os.environ.setdefault("MOTO_PORT", str(port))
    # Several stacks with 60 operations each knock at once; the default of 128 drops some of them.
    serving.ThreadedWSGIServer.request_queue_size = 1024
    serving.make_server("127.0.0.1", port, AnswersAgain(DomainDispatcherApplication(create_backend_app)), threaded=True, request_handler=Handler).serve_forever()


def die_with_parent():
    """However the parent ends, its end of the pipe closes: no emulator outlives the lab."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    if "--until-stdin-closes" in sys.argv:
        threading.Thread(target=die_with_parent, daemon=True).start()
    serve(int(sys.argv[1]))
